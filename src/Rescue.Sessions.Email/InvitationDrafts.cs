using Rescue.Sessions.Codes;
using Rescue.Sessions.Email.Settings;
using Rescue.Sessions.Invitations;

namespace Rescue.Sessions.Email;

/// <summary>Hands messages to the technician's own mail program as drafts. Thread-safe.</summary>
internal sealed class InvitationDrafts(InvitationWriter writer, EmailDispatchers dispatchers, SupportSessions sessions)
{
    /// <summary>Writes the first message of a session and hands it over; what has failed by then is thrown.</summary>
    public Task<DispatchResult> Begin(Technician technician, Session session, ConnectionLink link, SelectedTemplate template, CancellationToken cancellationToken)
    {
        var message = writer.Write(technician, session, link, EmailDelivery.DefaultMailClient, session.Invitation?.To, template, isRepeat: false);
        var drafting = DispatchAsync(message, cancellationToken);
        if (drafting.IsCompleted)
            drafting.GetAwaiter().GetResult();
        return drafting;
    }

    /// <summary>Waits for what was begun. A dispatcher of the host's own may fail later than ours: what it leaves behind is taken back.</summary>
    public async Task<EmailDraft?> FinishAsync(Technician technician, CreateSessionResult.Created created, Task<DispatchResult> drafting)
    {
        try
        {
            return DraftOf(await drafting.ConfigureAwait(false));
        }
        catch when (!created.IsRepeat)
        {
            await sessions.RevokeAsync(technician, created.Session.Id, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Hands over a message that is written.</summary>
    public async Task<EmailDraft?> HandOverAsync(EmailMessage message, CancellationToken cancellationToken) =>
        DraftOf(await DispatchAsync(message, cancellationToken).ConfigureAwait(false));

    private Task<DispatchResult> DispatchAsync(EmailMessage message, CancellationToken cancellationToken) =>
        dispatchers.For(EmailDelivery.DefaultMailClient).DispatchAsync(message, cancellationToken);

    private static EmailDraft? DraftOf(DispatchResult result) => (result as DispatchResult.Drafted)?.Draft;
}
