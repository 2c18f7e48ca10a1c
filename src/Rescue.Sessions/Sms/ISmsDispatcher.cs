using Rescue.Sessions.Outbox;

namespace Rescue.Sessions.Sms;

/// <summary>
/// Hands a finished short text to whoever sends it, once, and tells truly what became of it. It neither retries nor keeps anything: that is the
/// outbox's work. Implementations are safe for concurrent use.
/// </summary>
public interface ISmsDispatcher
{
    /// <summary>Hands the text over.</summary>
    /// <param name="message">
    /// The text. A repeat, after a lost answer, has the same <see cref="SmsMessage.Id"/>: a gateway that takes such an id sends it once.
    /// </param>
    /// <param name="cancellationToken">Honoured until the gateway may have the text. From then on the answer is awaited, so that the outcome is known.</param>
    /// <returns>
    /// The outcome, whose reason technicians read; the link, and numbers of five digits and more, are taken out of it. A failure of the gateway is a result; an exception counts as one of this service, and the text is tried again.
    /// </returns>
    Task<OutboxOutcome> DispatchAsync(SmsMessage message, CancellationToken cancellationToken);
}
