using System.Security.Cryptography;

namespace Rescue.Sessions.AspNetCore.Customers.Archives;

/// <summary>What a file's content is.</summary>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Crc">Its checksum, which the ZIP format asks for.</param>
/// <param name="Sha256">Its hash, by which two versions are told apart.</param>
internal sealed record FileDigest(long Length, uint Crc, byte[] Sha256)
{
    private const int BufferSize = 128 * 1024;

    public static FileDigest Of(byte[] content)
    {
        var crc = new Crc32();
        crc.Append(content);
        return new(content.Length, crc.Value, SHA256.HashData(content));
    }

    public static async Task<FileDigest> OfAsync(string file, CancellationToken cancellationToken)
    {
        var crc = new Crc32();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var content = File.OpenRead(file);
        await using (content.ConfigureAwait(false))
        {
            var buffer = new byte[BufferSize];
            var length = 0L;
            while (await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read)
            {
                crc.Append(buffer.AsSpan(0, read));
                hash.AppendData(buffer, 0, read);
                length += read;
            }

            return new(length, crc.Value, hash.GetHashAndReset());
        }
    }
}
