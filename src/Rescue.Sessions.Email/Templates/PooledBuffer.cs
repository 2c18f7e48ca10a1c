using System.Buffers;
using System.Runtime.CompilerServices;

namespace Rescue.Sessions.Email.Templates;

/// <summary>A growing buffer of rented memory, one kept for each thread, so that rendering and checking need not allocate.</summary>
internal sealed class PooledBuffer<T> : IBufferWriter<T>, IDisposable
    where T : struct
{
    private const int SmallestBytes = 4096;

    [ThreadStatic]
    private static PooledBuffer<T>? spare;

    private T[] rented = [];

    private PooledBuffer()
    {
    }

    public int Count { get; private set; }

    public Span<T> Written => rented.AsSpan(0, Count);

    public static PooledBuffer<T> Take()
    {
        var buffer = spare ?? new PooledBuffer<T>();
        spare = null;
        return buffer;
    }

    public void Add(T item)
    {
        if (Count == rented.Length) Grow(1);
        rented[Count++] = item;
    }

    public void RemoveLast() => Count--;

    public void Advance(int count) => Count += count;

    public Memory<T> GetMemory(int sizeHint = 0)
    {
        Grow(sizeHint);
        return rented.AsMemory(Count);
    }

    public Span<T> GetSpan(int sizeHint = 0)
    {
        Grow(sizeHint);
        return rented.AsSpan(Count);
    }

    /// <summary>Gives the memory back, wiped: a message contains the link and the PIN.</summary>
    public void Dispose()
    {
        Return();
        rented = [];
        Count = 0;
        spare = this;
    }

    private void Grow(int more)
    {
        more = Math.Max(more, 1);
        if (rented.Length - Count >= more) return;
        var larger = ArrayPool<T>.Shared.Rent(Math.Max(Count + more, Math.Max(rented.Length * 2, SmallestBytes / Unsafe.SizeOf<T>())));
        Written.CopyTo(larger);
        Return();
        rented = larger;
    }

    private void Return()
    {
        if (rented.Length == 0) return;
        Written.Clear();
        ArrayPool<T>.Shared.Return(rented);
    }
}
