using Rescue.Sessions.Applet.Joining;
using RescueApplet.Languages;

namespace RescueApplet.Sessions;

/// <summary>Why the customer cannot join, in plain words and as an exit code.</summary>
static class RefusalWording
{
    public static (string Line, ExitCode Code) Of(JoinResult result) => result switch
    {
        JoinRefused { Reason: JoinRefusal.ExpiredOrEnded } => (Texts.CodeExpired, ExitCode.ExpiredOrEnded),
        JoinRefused { Reason: JoinRefusal.UsedByAnother } => (Texts.CodeUsed, ExitCode.UsedByAnother),
        JoinRefused { Reason: JoinRefusal.TooManyTries } refused => (Texts.Format(Texts.TooManyTries, Minutes(refused.RetryAfter)), ExitCode.TooManyTries),
        JoinRefused { Reason: JoinRefusal.Outdated } => (Texts.Outdated, ExitCode.Outdated),
        JoinRefused => (Texts.CodeInvalid, ExitCode.CodeNotAccepted),
        _ => (Texts.Unreachable, ExitCode.Unreachable)
    };

    static int Minutes(TimeSpan? wait) => Math.Max(1, (int)Math.Ceiling((wait ?? TimeSpan.Zero).TotalMinutes));
}
