using Rescue.Sessions.Email;
using Rescue.Sessions.Invitations;

namespace Rescue.Sessions.Testing;

/// <summary>
/// Stands in for the mail server: it keeps every message that the service sends on behalf, and answers as the test says. Thread-safe.
/// </summary>
/// <remarks>A message comes here when the outbox sends it: after <see cref="TestClock.SettleAsync"/> or <see cref="TestClock.AdvanceAsync"/>.</remarks>
public sealed class CapturedMail : IEmailDispatcher
{
    private readonly Capture<EmailMessage, DispatchResult> capture = new(result => result is DispatchResult.Accepted, _ => new DispatchResult.Accepted("250 captured"));

    internal CapturedMail()
    {
    }

    /// <inheritdoc/>
    public EmailDelivery Delivery => EmailDelivery.OnMyBehalf;

    /// <summary>What was accepted, in the order in which it came.</summary>
    public IReadOnlyList<EmailMessage> Messages => capture.Accepted;

    /// <summary>Every attempt, those that were not accepted among them.</summary>
    public IReadOnlyList<EmailMessage> Attempts => capture.Attempts;

    /// <summary>Lets the mail server answer otherwise from now on, for instance <c>new DispatchResult.Rejected(550, "5.1.1", "no such user")</c>.</summary>
    /// <param name="result">The answer to each message.</param>
    public void AnswerWith(Func<EmailMessage, DispatchResult> result) => capture.AnswerWith(result);

    /// <summary>The one message that went to an address.</summary>
    /// <param name="address">The address, in any case.</param>
    /// <exception cref="TestFailedException">None went there, or several.</exception>
    public EmailMessage SingleTo(string address)
    {
        ArgumentException.ThrowIfNullOrEmpty(address);
        var sent = Messages;
        EmailMessage[] found = [.. sent.Where(message => IsTo(message, address))];
        return found switch
        {
            [var one] => one,
            [] => throw new TestFailedException(Attempts.Any(message => IsTo(message, address))
                ? $"No message went to {address}: one was sent there, and the answer that AnswerWith has set did not accept it."
                : $"No message went to {address}. {Sent(sent)} What is in the outbox goes when Clock.SettleAsync is called."),
            _ => throw new TestFailedException($"{found.Length} messages went to {address}, not one: {string.Join(", ", found.Select(message => $"“{message.Subject}”"))}."),
        };
    }

    /// <summary>Checks that nothing was sent.</summary>
    /// <exception cref="TestFailedException">Something was.</exception>
    public void ShouldBeEmpty()
    {
        if (Messages is [_, ..] sent)
            throw new TestFailedException($"Nothing was to be sent. {Sent(sent)}");
    }

    /// <summary>Forgets what has come so far.</summary>
    public void Clear() => capture.Clear();

    Task<DispatchResult> IEmailDispatcher.DispatchAsync(EmailMessage message, CancellationToken cancellationToken) => capture.TakeAsync(message);

    private static bool IsTo(EmailMessage message, string address) => string.Equals(message.To?.Address, address, StringComparison.OrdinalIgnoreCase);

    private static string Sent(IReadOnlyList<EmailMessage> messages) => messages.Count == 0
        ? "Nothing was sent."
        : $"Sent were: {string.Join(", ", messages.Select(message => $"“{message.Subject}” to {message.To?.Address}"))}.";
}
