namespace Rescue.Sessions.Reliability.Load;

/// <summary>One event of a stream.</summary>
/// <param name="Id">Its place in the order of all.</param>
/// <param name="Status">The session's status, where the data tells it.</param>
internal readonly record struct HeardEvent(long Id, string? Status)
{
    public override string ToString() => $"{Id} {Status}";
}
