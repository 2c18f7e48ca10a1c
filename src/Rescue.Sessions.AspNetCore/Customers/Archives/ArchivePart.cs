namespace Rescue.Sessions.AspNetCore.Customers.Archives;

/// <summary>A stretch of an archive: bytes in hand, or a whole file on disk.</summary>
/// <param name="Start">Where it begins in the archive.</param>
/// <param name="Length">How long it is.</param>
/// <param name="Bytes">The bytes; empty where <paramref name="File"/> has them.</param>
/// <param name="File">The file on disk, or null.</param>
internal sealed record ArchivePart(long Start, long Length, ReadOnlyMemory<byte> Bytes, string? File)
{
    public long End => Start + Length;
}
