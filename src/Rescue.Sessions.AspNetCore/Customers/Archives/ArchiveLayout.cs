using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Rescue.Sessions.AspNetCore.Customers.Archives;

/// <summary>
/// Where each byte of a ZIP archive comes from (APPNOTE 6.3.10). Files are stored as they are, for programs are compressed already, so that the length is
/// known before the first byte and any stretch can be sent alone. Times are fixed, or given with the file: nothing but what is given makes a difference.
/// </summary>
internal sealed class ArchiveLayout
{
    private const ushort Version = 20;
    private const ushort MadeByUnix = (3 << 8) | Version;
    private const ushort NamesAreUtf8 = 1 << 11;
    private const ushort Timestamp = 0x5455;
    private const byte HasModificationTime = 1;

    private static readonly DateTimeOffset Earliest = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2107, 12, 31, 23, 59, 58, TimeSpan.Zero);

    private ArchiveLayout(IReadOnlyList<ArchivePart> parts, string entityTag)
    {
        Parts = parts;
        EntityTag = entityTag;
    }

    public IReadOnlyList<ArchivePart> Parts { get; }

    public long Length => Parts[^1].End;

    /// <summary>The strong entity tag of the whole archive, quoted.</summary>
    public string EntityTag { get; }

    /// <exception cref="OverflowException">The archive would be longer than 4 GiB.</exception>
    public static ArchiveLayout Of(IReadOnlyList<ArchiveEntry> entries)
    {
        var parts = new List<ArchivePart>();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var directory = new List<byte>();
        var next = 0L;
        foreach (var entry in entries)
        {
            var name = Encoding.UTF8.GetBytes(entry.Name);
            directory.AddRange(DirectoryHeader(entry, name, checked((uint)next)));
            Add(LocalHeader(entry, name), entry.Digest.Sha256);
            parts.Add(new(next, entry.Digest.Length, entry.Content, entry.File));
            next += entry.Digest.Length;
        }

        var start = checked((uint)next);
        Add([.. directory, .. End(checked((ushort)entries.Count), (uint)directory.Count, start)], []);
        return new(parts, $"\"{Base64Url.EncodeToString(hash.GetHashAndReset())}\"");

        void Add(byte[] bytes, byte[] digest)
        {
            hash.AppendData(bytes);
            hash.AppendData(digest);
            parts.Add(new(next, bytes.Length, bytes, null));
            next += bytes.Length;
        }
    }

    private static byte[] LocalHeader(ArchiveEntry entry, byte[] name) => [.. U32(0x04034b50), .. Common(entry, name), .. name, .. Extra(entry)];

    private static byte[] DirectoryHeader(ArchiveEntry entry, byte[] name, uint start) =>
        [.. U32(0x02014b50), .. U16(MadeByUnix), .. Common(entry, name), .. new byte[6], .. U32((uint)entry.Attributes), .. U32(start), .. name, .. Extra(entry)];

    private static byte[] End(ushort count, uint length, uint start) =>
        [.. U32(0x06054b50), .. new byte[4], .. U16(count), .. U16(count), .. U32(length), .. U32(start), .. U16(0)];

    // From the version to the length of the extra field both headers have the same members: stored, so that both lengths are one.
    private static byte[] Common(ArchiveEntry entry, byte[] name)
    {
        var length = U32(checked((uint)entry.Digest.Length));
        var (time, date) = DosTimeOf(entry.At);
        return
        [
            .. U16(Version), .. U16(NamesAreUtf8), .. U16(0), .. U16(time), .. U16(date), .. U32(entry.Digest.Crc), .. length, .. length,
            .. U16(checked((ushort)name.Length)), .. U16((ushort)Extra(entry).Length),
        ];
    }

    // In UTC, for where the customer is cannot be known: of two links the newer has the later time all the same, wherever both are unpacked.
    private static (ushort Time, ushort Date) DosTimeOf(DateTimeOffset? at)
    {
        var moment = Within(at ?? Earliest);
        return ((ushort)((moment.Hour << 11) | (moment.Minute << 5) | (moment.Second / 2)), (ushort)(((moment.Year - Earliest.Year) << 9) | (moment.Month << 5) | moment.Day));
    }

    // The moment itself, for programs that read it (Info-ZIP's extended timestamp): the members of the header have even seconds and no zone.
    private static byte[] Extra(ArchiveEntry entry) =>
        entry.At is { } at ? [.. U16(Timestamp), .. U16(5), HasModificationTime, .. U32(unchecked((uint)Within(at).ToUnixTimeSeconds()))] : [];

    private static DateTimeOffset Within(DateTimeOffset at) => at < Earliest ? Earliest : at > Latest ? Latest : at.ToUniversalTime();

    private static byte[] U16(ushort value)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] U32(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }
}
