using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Rescue.Sessions.AspNetCore.Customers.Archives;

/// <summary>
/// Where each byte of a ZIP archive comes from (APPNOTE 6.3.10). Files are stored as they are, for programs are compressed already, so that the length is
/// known before the first byte and any stretch can be sent alone. Times are fixed: nothing but the content makes a difference.
/// </summary>
internal sealed class ArchiveLayout
{
    private const ushort Version = 20;
    private const ushort MadeByUnix = (3 << 8) | Version;
    private const ushort NamesAreUtf8 = 1 << 11;
    private const ushort FirstOfJanuary1980 = (1 << 5) | 1;

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

    private static byte[] LocalHeader(ArchiveEntry entry, byte[] name) => [.. U32(0x04034b50), .. Common(entry, name), .. name];

    private static byte[] DirectoryHeader(ArchiveEntry entry, byte[] name, uint start) =>
        [.. U32(0x02014b50), .. U16(MadeByUnix), .. Common(entry, name), .. new byte[6], .. U32((uint)entry.Attributes), .. U32(start), .. name];

    private static byte[] End(ushort count, uint length, uint start) =>
        [.. U32(0x06054b50), .. new byte[4], .. U16(count), .. U16(count), .. U32(length), .. U32(start), .. U16(0)];

    // From the version to the length of the extra field both headers have the same members: stored, so that both lengths are one.
    private static byte[] Common(ArchiveEntry entry, byte[] name)
    {
        var length = U32(checked((uint)entry.Digest.Length));
        return
        [
            .. U16(Version), .. U16(NamesAreUtf8), .. U16(0), .. U16(0), .. U16(FirstOfJanuary1980), .. U32(entry.Digest.Crc), .. length, .. length,
            .. U16(checked((ushort)name.Length)), .. U16(0),
        ];
    }

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
