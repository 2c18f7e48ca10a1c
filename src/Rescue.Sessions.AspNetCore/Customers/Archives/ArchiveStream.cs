namespace Rescue.Sessions.AspNetCore.Customers.Archives;

/// <summary>An archive as a stream from any place on, which holds one buffer of a file at a time and no file as a whole.</summary>
internal sealed class ArchiveStream(ArchiveLayout layout) : Stream
{
    private FileStream? open;
    private string? opened;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => layout.Length;

    public override long Position { get; set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty || layout.Parts.FirstOrDefault(part => Position < part.End) is not { } part)
            return 0;
        var offset = Position - part.Start;
        var wanted = buffer[..(int)Math.Min(buffer.Length, part.Length - offset)];
        var read = part.File is null
            ? Copy(part.Bytes.Slice((int)offset, wanted.Length), wanted)
            : await ReadAsync(part.File, offset, wanted, cancellationToken).ConfigureAwait(false);
        Position += read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => Length + offset,
    };

    public override async ValueTask DisposeAsync()
    {
        if (open is not null)
            await open.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            open?.Dispose();
        base.Dispose(disposing);
    }

    private static int Copy(ReadOnlyMemory<byte> bytes, Memory<byte> buffer)
    {
        bytes.CopyTo(buffer);
        return bytes.Length;
    }

    private async ValueTask<int> ReadAsync(string file, long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (opened != file || open is null)
        {
            if (open is not null)
                await open.DisposeAsync().ConfigureAwait(false);
            opened = file;
            open = new(file, new FileStreamOptions { Share = FileShare.ReadWrite | FileShare.Delete, Options = FileOptions.Asynchronous | FileOptions.SequentialScan });
        }

        open.Position = offset;
        var read = await open.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        // The length was promised: an answer that breaks off is asked for again, one that is filled up is a damaged program.
        return read > 0 ? read : throw new IOException($"{file} has become shorter while it was sent.");
    }
}
