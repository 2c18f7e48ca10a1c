namespace Rescue.Sessions.Reliability.Starting.Histories;

/// <summary>A step with its answer, and when it was asked and answered by one clock.</summary>
internal readonly record struct StepRun(HistoryStep Step, StepAnswer Answer, long Asked, long Answered)
{
    /// <summary>Where the answer puts the step in the one order: a version is written once, and then refusals may have seen it.</summary>
    public (long Version, bool IsRefusal) Place => (Answer.Version, !Answer.Applied);
}
