namespace Rescue.Sessions.Sms;

/// <summary>
/// What became of a short text: one of <see cref="Accepted"/>, <see cref="Rejected"/>, <see cref="Deferred"/>, <see cref="NotSent"/>, <see cref="Unknown"/>.
/// Reasons are read by technicians; the link, and numbers of five digits and more, are taken out of them.
/// </summary>
public abstract record SmsDispatchResult
{
    private SmsDispatchResult()
    {
    }

    /// <summary>The gateway has taken responsibility for it. Whether it has reached the telephone, nobody says.</summary>
    public sealed record Accepted : SmsDispatchResult;

    /// <summary>Refused for good: sending the same text again cannot help, for instance because nobody has the number.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Rejected(string Reason) : SmsDispatchResult;

    /// <summary>Certainly not sent; trying later may help, with nothing changed.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Deferred(string Reason) : SmsDispatchResult;

    /// <summary>Certainly not sent, until somebody corrects a setting such as a key. It waits for as long as its code is live.</summary>
    /// <param name="Reason">What to correct.</param>
    public sealed record NotSent(string Reason) : SmsDispatchResult;

    /// <summary>The gateway may have it; its answer was lost. It is tried once more with the same id, and then no more.</summary>
    /// <param name="Reason">How the conversation ended.</param>
    public sealed record Unknown(string Reason) : SmsDispatchResult;
}
