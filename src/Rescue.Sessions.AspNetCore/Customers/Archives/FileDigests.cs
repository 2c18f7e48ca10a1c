using System.Collections.Concurrent;

namespace Rescue.Sessions.AspNetCore.Customers.Archives;

/// <summary>
/// The digests of the applet's files, each read once for all downloads and again when the file has changed. Thread-safe.
/// </summary>
internal sealed class FileDigests
{
    private readonly ConcurrentDictionary<string, Kept> kept = [];

    public async Task<FileDigest> OfAsync(string file, CancellationToken cancellationToken)
    {
        var now = new FileInfo(file);
        if (kept.TryGetValue(file, out var known) && known.Digest.Length == now.Length && known.WrittenAt == now.LastWriteTimeUtc)
            return known.Digest;
        var digest = await FileDigest.OfAsync(file, cancellationToken).ConfigureAwait(false);
        kept[file] = new(digest, now.LastWriteTimeUtc);
        return digest;
    }

    private sealed record Kept(FileDigest Digest, DateTime WrittenAt);
}
