namespace Rescue.Sessions.Applet.Transport;

/// <summary>
/// The bytes of an event stream, read only. Every read must bring something within a time: a connection that died without a word (a laptop that slept, a
/// router that forgot) would otherwise be read for ever. And what comes must become an event within a length: one without an end would be kept in memory.
/// </summary>
internal sealed class EventBytes(Stream inner, TimeSpan limit, int longest, TimeProvider time) : Stream
{
    private int _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>What was read has become an event.</summary>
    public void BeginAnew() => _read = 0;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var clock = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancellationToken);
        try
        {
            var count = await inner.ReadAsync(buffer, either.Token).ConfigureAwait(false);
            _read += count;
            return _read <= longest ? count : throw new IOException("An event had no end.");
        }
        catch (OperationCanceledException silent) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException("The event stream was silent for too long.", silent);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read this stream asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
