namespace Rescue.Sessions.AspNetCore.Customers.Archives;

/// <summary>One file of an archive: bytes in hand, or a file on disk that is read when it is sent.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Attributes">Its external attributes.</param>
/// <param name="Digest">What its content is.</param>
/// <param name="Content">The bytes; empty where <paramref name="File"/> has them.</param>
/// <param name="File">The file on disk, or null.</param>
/// <param name="At">Since when it is as it is; null for the same time in every archive.</param>
internal sealed record ArchiveEntry(string Name, int Attributes, FileDigest Digest, ReadOnlyMemory<byte> Content, string? File, DateTimeOffset? At = null)
{
    public static ArchiveEntry Of(string name, int attributes, byte[] content, DateTimeOffset? at = null) =>
        new(name, attributes, FileDigest.Of(content), content, null, at);

    public static ArchiveEntry Of(string file, int attributes, FileDigest digest) => new(Path.GetFileName(file), attributes, digest, default, file);
}
