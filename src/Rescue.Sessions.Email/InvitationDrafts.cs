using Rescue.Sessions.Invitations;

namespace Rescue.Sessions.Email;

/// <summary>Hands messages to the technician's own mail program as drafts. Thread-safe.</summary>
internal sealed class InvitationDrafts(EmailDispatchers dispatchers, SupportSessions sessions)
{
    /// <summary>
    /// Hands over the first message of a session that is stored. A dispatcher of the host's own may fail: what it leaves behind is taken back, unless the session's key lets the caller
    /// ask for the same once more.
    /// </summary>
    public async Task<EmailDraft?> HandOverFirstAsync(
        Technician technician, CreateSessionResult.Created created, bool hasKey, EmailMessage message, CancellationToken cancellationToken)
    {
        try
        {
            return await HandOverAsync(message, cancellationToken).ConfigureAwait(false);
        }
        // Whoever gives up, or has a key, comes again: the repeat is to find a session whose draft can be made, and not a dead one.
        catch when (!created.IsRepeat && !hasKey && !cancellationToken.IsCancellationRequested)
        {
            await sessions.RevokeAsync(technician, created.Session.Id, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Hands over a message that is written.</summary>
    public async Task<EmailDraft?> HandOverAsync(EmailMessage message, CancellationToken cancellationToken)
    {
        var result = await dispatchers.For(EmailDelivery.DefaultMailClient).DispatchAsync(message, cancellationToken).ConfigureAwait(false);
        return (result as DispatchResult.Drafted)?.Draft;
    }
}
