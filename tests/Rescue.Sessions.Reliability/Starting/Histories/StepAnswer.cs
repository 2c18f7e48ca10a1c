using System.Globalization;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Reliability.Starting.Histories;

/// <summary>What a store answered to a step.</summary>
/// <param name="Applied">Whether it was applied.</param>
/// <param name="Version">The version of the session in the answer.</param>
/// <param name="Picture">The session in the answer, in a form that two processes can compare.</param>
internal sealed record StepAnswer(bool Applied, long Version, string Picture)
{
    public static StepAnswer Of(TransitionResult result) =>
        new(result.Applied, result.Session!.Session.Version, PictureOf(result.Session));

    public static string PictureOf(StoredSession stored)
    {
        var session = stored.Session;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{session.Version} {session.Status} {session.End} {session.Interrupted} {session.Owner?.Id} {session.StartedAt?.Ticks} {session.Offer?.From.Id}>{session.Offer?.To} "
            + $"{session.StatusSince.Ticks} {session.Deadline?.At.Ticks} {session.JoinedAt?.Ticks} {stored.Instance} {stored.AppletKey} {stored.SealedCode is null}");
    }
}
