using Rescue.Sessions.Applet.Joining;
using RescueApplet.Languages;

namespace RescueApplet.Sessions;

/// <summary>Why the customer cannot join, in plain words and as an exit code.</summary>
internal static class RefusalWording
{
    public static (string Line, ExitCode Code) Of(JoinRefused refused) => refused.Reason switch
    {
        JoinRefusal.ExpiredOrEnded => (Texts.CodeExpired, ExitCode.ExpiredOrEnded),
        JoinRefusal.UsedByAnother => (Texts.CodeUsed, ExitCode.UsedByAnother),
        JoinRefusal.TooManyTries => (Texts.Format(Texts.TooManyTries, Minutes(refused.RetryAfter)), ExitCode.TooManyTries),
        JoinRefusal.Outdated => (Texts.Outdated, ExitCode.Outdated),
        _ => (Texts.CodeInvalid, ExitCode.CodeNotAccepted)
    };

    /// <summary>Whether the code will not lead to a session any more, while another one may.</summary>
    public static bool IsOver(JoinRefused refused) => refused.Reason is JoinRefusal.ExpiredOrEnded or JoinRefusal.UsedByAnother or JoinRefusal.Invalid;

    private static int Minutes(TimeSpan? wait) => Math.Max(1, (int)Math.Ceiling((wait ?? TimeSpan.Zero).TotalMinutes));
}
