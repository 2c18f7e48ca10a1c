namespace Rescue.Sessions.Applet.Transport;

/// <summary>
/// The bytes of an event stream, read only. Every read must bring something within a time: a connection that died without a word (a laptop that slept, a
/// router that forgot) would otherwise be read for ever. And what is kept in memory until it ends must end within a length: an event, without the comments in
/// between, which keep the line open and are kept no longer than themselves; and a comment's line.
/// </summary>
internal sealed class EventBytes(Stream inner, TimeSpan limit, int longest, TimeProvider time) : Stream
{
    // The lines of the event that has begun, and the line that has.
    private int _event;
    private int _line;
    private bool _isComment;
    private bool _isAfterReturn;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var clock = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancellationToken);
        try
        {
            var count = await inner.ReadAsync(buffer, either.Token).ConfigureAwait(false);
            Measure(buffer.Span[..count]);
            return count;
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

    private void Measure(ReadOnlySpan<byte> read)
    {
        foreach (var next in read)
        {
            var isSecondHalf = next == '\n' && _isAfterReturn;
            _isAfterReturn = next == '\r';
            if (isSecondHalf)
                continue;
            if (next is (byte)'\r' or (byte)'\n')
            {
                EndLine();
                continue;
            }

            if (_line == 0)
                _isComment = next == ':';
            _line++;
            if (_line + (_isComment ? 0 : _event) > longest)
                throw new IOException("An event had no end.");
        }
    }

    // An empty line ends an event.
    private void EndLine()
    {
        if (_line == 0)
            _event = 0;
        else if (!_isComment)
            _event += _line + 1;
        _line = 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
