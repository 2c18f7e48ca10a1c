using Rescue.Sessions.Invitations;

namespace Rescue.Sessions.Email.Mailto;

/// <summary>Makes a draft for the technician's own mail program; it sends nothing. Safe for concurrent use.</summary>
public sealed class MailtoDispatcher : IEmailDispatcher
{
    /// <inheritdoc/>
    public EmailDelivery Delivery => EmailDelivery.DefaultMailClient;

    /// <summary>Makes the draft. The answer is always <see cref="DispatchResult.Drafted"/>.</summary>
    /// <param name="message">The message, whose sender is the technician's own address where that is known.</param>
    /// <param name="cancellationToken">Looked at once, before the draft is made.</param>
    public Task<DispatchResult> DispatchAsync(EmailMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        cancellationToken.ThrowIfCancellationRequested();
        var draft = new EmailDraft(MailtoUri.Create(message), EmlDraft.Create(message), message.Text);
        return Task.FromResult<DispatchResult>(new DispatchResult.Drafted(draft));
    }
}
