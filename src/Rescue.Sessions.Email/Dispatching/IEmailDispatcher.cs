using Rescue.Sessions.Invitations;

namespace Rescue.Sessions.Email;

/// <summary>
/// Hands a finished message over, once, and tells truly what became of it. It neither retries nor keeps anything: that is the
/// outbox's work. Implementations are safe for concurrent use.
/// </summary>
public interface IEmailDispatcher
{
    /// <summary>Who sends what this dispatcher is given.</summary>
    EmailDelivery Delivery { get; }

    /// <summary>
    /// Names the way that a message takes, such as the mail server of its tenant; null, unless implemented, where all take the same. Ways do not wait for
    /// each other, and a <see cref="DispatchResult.NotSent"/> that only another setting can help holds the mail of its own way alone.
    /// </summary>
    /// <param name="message">The message, with its <see cref="EmailMessage.Organization"/>; the same one takes the same way.</param>
    string? LaneOf(EmailMessage message) => null;

    /// <summary>Hands the message over.</summary>
    /// <param name="message">The message, with its <see cref="EmailMessage.Organization"/>; dispatching the same one again produces the same bytes.</param>
    /// <param name="cancellationToken">
    /// Honoured until the body of the message is begun. From then on the answer is awaited, so that the outcome is known.
    /// </param>
    /// <returns>The outcome. A failure of the mail system is a result, never an exception.</returns>
    /// <exception cref="OperationCanceledException">Cancelled before the body was begun; nothing was sent.</exception>
    Task<DispatchResult> DispatchAsync(EmailMessage message, CancellationToken cancellationToken);
}
