using System.Buffers;

namespace Rescue.Sessions.Email.Templates;

/// <summary>A growing buffer of rented memory, one kept for each thread, so that rendering need not allocate.</summary>
internal sealed class PooledBuffer : IBufferWriter<byte>, IDisposable
{
    [ThreadStatic]
    private static PooledBuffer? spare;

    private byte[] rented = [];
    private int written;

    private PooledBuffer()
    {
    }

    public ReadOnlySpan<byte> Written => rented.AsSpan(0, written);

    public static PooledBuffer Take()
    {
        var buffer = spare ?? new PooledBuffer();
        spare = null;
        return buffer;
    }

    public void Advance(int count) => written += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Grow(sizeHint);
        return rented.AsMemory(written);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Grow(sizeHint);
        return rented.AsSpan(written);
    }

    /// <summary>Gives the memory back, wiped: a message contains the link and the PIN.</summary>
    public void Dispose()
    {
        Return();
        rented = [];
        written = 0;
        spare = this;
    }

    private void Grow(int more)
    {
        if (rented.Length - written >= Math.Max(more, 1)) return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(written + Math.Max(more, 1), Math.Max(rented.Length * 2, 4096)));
        Written.CopyTo(larger);
        Return();
        rented = larger;
    }

    private void Return()
    {
        if (rented.Length == 0) return;
        rented.AsSpan(0, written).Clear();
        ArrayPool<byte>.Shared.Return(rented);
    }
}
