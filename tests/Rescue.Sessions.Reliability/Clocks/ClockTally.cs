using System.Globalization;
using System.Net;
using Rescue.Sessions.Reliability.Nodes.Mail;

namespace Rescue.Sessions.Reliability.Clocks;

/// <summary>What nodes allowed too late or refused too early by the server's clock. Thread-safe.</summary>
internal sealed class ClockTally(MailSink sink)
{
    // A node knows the server's clock to half of the round trip in which it measured it, which is long where the processor is busy.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(500);

    private readonly Lock gate = new();

    private int allowed;
    private int refused;
    private int late;
    private int early;
    private int otherAnswers;
    private TimeSpan worst;

    public bool HasSeenDisagreement => late + early > 0;

    public bool IsClean => late + early + otherAnswers + sink.Repeats == 0;

    /// <summary>Takes an answer in; whether it allowed what was asked.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="due">From when on it is not to be allowed.</param>
    /// <param name="refusal">How a node says that it is too late.</param>
    public bool Add(TimedAnswer answer, TimeWindow due, HttpStatusCode refusal)
    {
        lock (gate)
        {
            if (answer.Answer.IsSuccess)
            {
                allowed++;
                late += Judge(answer.When.From - due.To);
                return true;
            }

            if (answer.Answer.Status == refusal)
            {
                refused++;
                early += Judge(due.From - answer.When.To);
            }
            else
            {
                otherAnswers++;
            }

            return false;
        }
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{allowed:N0} joins and starts allowed, {late:N0} of them too late; {refused:N0} refused as over, {early:N0} of them too early; "
        + $"wrong by at most {worst.TotalMilliseconds:N0} ms (tolerated: {Tolerance.TotalMilliseconds:N0}); {otherAnswers:N0} other answers; "
        + $"{sink.Count:N0} customers got mail, {sink.Repeats:N0} mails came twice");

    private int Judge(TimeSpan wrongBy)
    {
        if (wrongBy > worst)
            worst = wrongBy;
        return wrongBy > Tolerance ? 1 : 0;
    }
}
