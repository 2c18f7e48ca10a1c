using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Reliability.Starting.Histories;

/// <summary>
/// Whether answers given at the same time are those of one order, in which each step happens at one moment between its question and its answer
/// (Herlihy and Wing). The versions in the answers say which order the store chose, so that one order is checked instead of all.
/// </summary>
internal static class Linearizability
{
    /// <param name="initial">The session before the first step.</param>
    /// <param name="runs">All steps with their answers.</param>
    public static bool Holds(StoredSession initial, IReadOnlyList<StepRun> runs) => AgreesWithTime(runs) && AgreesWithMeaning(initial, runs);

    // What was answered before another was asked comes before it.
    private static bool AgreesWithTime(IReadOnlyList<StepRun> runs) =>
        runs.All(earlier => runs.All(later => earlier.Answered >= later.Asked || earlier.Place.CompareTo(later.Place) <= 0));

    // Replaying the steps that were applied gives what each was answered, and each refusal is right about the version that it names.
    private static bool AgreesWithMeaning(StoredSession initial, IReadOnlyList<StepRun> runs)
    {
        var versions = new List<StoredSession> { initial };
        foreach (var run in runs.Where(run => run.Answer.Applied).OrderBy(run => run.Answer.Version))
        {
            var (guard, change) = run.Step.Build();
            if (run.Answer.Version != versions.Count + 1 || !Applies(versions[^1], guard, change))
                return false;
            versions.Add(change.Apply(versions[^1]).Session);
            if (StepAnswer.PictureOf(versions[^1]) != run.Answer.Picture)
                return false;
        }

        return runs.Where(run => !run.Answer.Applied).All(run =>
        {
            var (guard, change) = run.Step.Build();
            return run.Answer.Version <= versions.Count
                && versions[(int)run.Answer.Version - 1] is var seen
                && StepAnswer.PictureOf(seen) == run.Answer.Picture
                && !Applies(seen, guard, change);
        });
    }

    private static bool Applies(StoredSession current, SessionGuard guard, SessionChange change) =>
        change.IsPermittedIn(current.Session.Status, out _) && guard.Allows(current, change);
}
