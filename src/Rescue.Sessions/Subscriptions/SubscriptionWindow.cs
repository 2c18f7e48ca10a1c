namespace Rescue.Sessions.Subscriptions;

/// <summary>The events that have been taken up and are not over, and how far everything before is. Its owner's lock guards it.</summary>
internal sealed class SubscriptionWindow(long position)
{
    private readonly Queue<long> open = [];
    private readonly HashSet<long> over = [];

    /// <summary>The sequence up to which all are over.</summary>
    public long Position { get; private set; } = position;

    public int Count => open.Count;

    public void Begin(long sequence) => open.Enqueue(sequence);

    public void End(long sequence)
    {
        over.Add(sequence);
        while (open.TryPeek(out var first) && over.Remove(first))
            Position = open.Dequeue();
    }
}
