using Rescue.Sessions.Reliability.Nodes;

namespace Rescue.Sessions.Reliability.Clocks;

/// <summary>An answer, and between which moments a node gave it.</summary>
internal readonly record struct TimedAnswer(NodeAnswer Answer, TimeWindow When)
{
    /// <summary>When something is due that a node counts from this answer.</summary>
    public TimeWindow After(TimeSpan time) => new(When.From + time, When.To + time);
}
