using Rescue.Sessions.Invitations;
using Rescue.Sessions.Outbox;
using Rescue.Sessions.Sms;

namespace Rescue.Sessions.Testing;

/// <summary>Stands in for the gateway: it keeps every text that the service sends by SMS, and answers as the test says. Thread-safe.</summary>
/// <remarks>A text comes here when the outbox sends it: after <see cref="TestClock.SettleAsync"/> or <see cref="TestClock.AdvanceAsync"/>.</remarks>
public sealed class CapturedSms : ISmsDispatcher
{
    private readonly Capture<SmsMessage, OutboxOutcome> capture = new(result => result is OutboxOutcome.Accepted, _ => new OutboxOutcome.Accepted());

    internal CapturedSms()
    {
    }

    /// <summary>What was accepted, in the order in which it came.</summary>
    public IReadOnlyList<SmsMessage> Messages => capture.Accepted;

    /// <summary>Every attempt, those that were not accepted among them.</summary>
    public IReadOnlyList<SmsMessage> Attempts => capture.Attempts;

    /// <summary>Lets the gateway answer otherwise from now on, for instance <c>new OutboxOutcome.Rejected("no such number")</c>.</summary>
    /// <param name="result">The answer to each text.</param>
    public void AnswerWith(Func<SmsMessage, OutboxOutcome> result) => capture.AnswerWith(result);

    /// <summary>The one text that went to a number.</summary>
    /// <param name="number">The number, written in any way.</param>
    /// <exception cref="FormatException">It is no number.</exception>
    /// <exception cref="TestFailedException">None went there, or several.</exception>
    public SmsMessage SingleTo(string number)
    {
        var to = PhoneNumber.Parse(number);
        SmsMessage[] found = [.. Messages.Where(message => message.To == to)];
        return found switch
        {
            [var one] => one,
            [] when Attempts.Any(message => message.To == to) =>
                throw new TestFailedException($"No text went to {to.Value}: one was sent there, and the answer that AnswerWith has set did not accept it."),
            _ => throw new TestFailedException($"{found.Length} texts went to {to.Value}, not one. What is in the outbox goes when Clock.SettleAsync is called."),
        };
    }

    /// <summary>Forgets what has come so far.</summary>
    public void Clear() => capture.Clear();

    Task<OutboxOutcome> ISmsDispatcher.DispatchAsync(SmsMessage message, CancellationToken cancellationToken) => capture.TakeAsync(message);
}
