using Rescue.Sessions.Codes;

namespace Rescue.Sessions.Asking;

/// <summary>The answer to a customer who asks for help themselves: one of <see cref="Asked"/>, <see cref="Refused"/>, <see cref="NotOffered"/>.</summary>
public abstract record AskResult
{
    private AskResult()
    {
    }

    /// <summary>There is a session, which waits for its customer to join and then for a technician.</summary>
    /// <param name="Session">The session.</param>
    /// <param name="Link">Its link and PIN, for this customer alone; null in a repeat whose code has been used or is over.</param>
    /// <param name="IsRepeat">Whether the same form has made it before.</param>
    public sealed record Asked(Session Session, ConnectionLink? Link, bool IsRepeat) : AskResult;

    /// <summary>It was refused; nothing is stored.</summary>
    /// <param name="Reason">Why: <see cref="Refusal.Invalid"/> by the fields <c>customerName</c>, <c>topic</c>, <c>email</c>, <c>reference</c> and <c>form</c>, or <see cref="Refusal.TooMany"/>.</param>
    public sealed record Refused(Refusal Reason) : AskResult;

    /// <summary>The tenant's customers cannot ask for help themselves; nothing is stored.</summary>
    public sealed record NotOffered : AskResult
    {
        internal static readonly NotOffered Instance = new();

        private NotOffered()
        {
        }
    }
}
