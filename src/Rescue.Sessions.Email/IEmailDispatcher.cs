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

    /// <summary>Hands the message over.</summary>
    /// <param name="message">The message; dispatching the same one again produces the same bytes.</param>
    /// <param name="cancellationToken">
    /// Honoured until the body of the message is begun. From then on the answer is awaited, so that the outcome is known.
    /// </param>
    /// <returns>The outcome. A failure of the mail system is a result, never an exception.</returns>
    /// <exception cref="OperationCanceledException">Cancelled before the body was begun; nothing was sent.</exception>
    Task<DispatchResult> DispatchAsync(EmailMessage message, CancellationToken cancellationToken);
}
