using System.Collections.Immutable;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Creating;
using Rescue.Sessions.Email.Messages;
using Rescue.Sessions.Email.Settings;
using Rescue.Sessions.Email.Storage;
using Rescue.Sessions.Email.Templates;
using Rescue.Sessions.Invitations;

namespace Rescue.Sessions.Email;

/// <summary>
/// Invites customers by email: one call checks rights, makes the session, writes the message and hands it over. Thread-safe.
/// </summary>
/// <remarks>
/// What the service is to send is stored together with the session and sent right after by the outbox, so that neither exists without the
/// other; <see cref="Session.InvitationState"/> tells how far it has come. A draft is returned and never called sent.
/// </remarks>
public sealed class EmailInvitations
{
    private readonly SupportInvitations invitations;
    private readonly SessionDirectory directory;
    private readonly InvitationDrafts drafts;
    private readonly InvitationWriter writer;
    private readonly TemplateSelection templates;
    private readonly InvitationRules rules;
    private readonly MailWords words;
    private readonly EmailDispatchers dispatchers;
    private readonly TimeProvider time;

    internal EmailInvitations(
        SupportInvitations invitations,
        SessionDirectory directory,
        InvitationDrafts drafts,
        InvitationWriter writer,
        TemplateSelection templates,
        InvitationRules rules,
        MailWords words,
        EmailDispatchers dispatchers,
        TimeProvider time)
    {
        this.invitations = invitations;
        this.directory = directory;
        this.drafts = drafts;
        this.writer = writer;
        this.templates = templates;
        this.rules = rules;
        this.words = words;
        this.dispatchers = dispatchers;
        this.time = time;
    }

    /// <summary>The languages that have a built-in message, the host's own among them, as BCP 47 tags, English first.</summary>
    public ImmutableArray<string> Languages => words.Languages;

    /// <summary>
    /// The language of messages for which a technician chooses none, as a BCP 47 tag; null where neither an administrator nor the organisation has set one,
    /// and <see cref="EmailOptions.DefaultLanguage"/> is English, so that it is as good to choose one for the technician.
    /// </summary>
    public ValueTask<string?> FindLanguageAsync(Technician technician, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(technician);
        return templates.FindChosenLanguageAsync(technician.Tenant, cancellationToken);
    }

    /// <summary>Every problem of a technician as the one who invites; empty when there is none. Only their address can be one.</summary>
    public static IReadOnlyList<FieldProblem> ValidateSender(Technician technician)
    {
        ArgumentNullException.ThrowIfNull(technician);
        return technician.Email is null || EmailAddress.TryParse(technician.Email, out _, out var problem)
            ? []
            : [new("technician.email", $"Your own email address in the sign-in is not valid. {AddressProblems.Describe(problem)} Have it corrected there.")];
    }

    /// <summary>
    /// Every problem of a request, empty when there is none: those of <see cref="SupportInvitations.Validate"/>, that of the address and the language, a transport for
    /// which the host has no dispatcher, and <see cref="ValidateSender"/>.
    /// </summary>
    public IReadOnlyList<FieldProblem> Validate(Technician technician, NewSession session)
    {
        var problems = invitations.Validate(technician, session);
        FieldProblem[] ofValues = [.. rules.ProblemsOfValues(session)];
        // What the name of a value asks for is closer than what holds for all values, and may say the same.
        var others = problems.Where(problem => !ofValues.Any(closer => closer.Field == problem.Field));
        return [.. others, .. rules.Problems(session), .. ofValues, .. ValidateSender(technician)];
    }

    /// <summary>Makes a session and invites its customer.</summary>
    /// <param name="technician">Who invites.</param>
    /// <param name="session">The session, with its invitation.</param>
    /// <param name="cancellationToken">Ends the wait; the session may be stored and its message sent all the same.</param>
    /// <returns>What became of it; what is wrong with the request or the technician's address is <see cref="Refusal.Invalid"/>.</returns>
    /// <exception cref="ArgumentException">The session has no invitation.</exception>
    public async Task<InviteResult> InviteAsync(Technician technician, NewSession session, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(technician);
        ArgumentNullException.ThrowIfNull(session);
        var invitation = session.Invitation
            ?? throw new ArgumentException("Set NewSession.Invitation; a session by PIN alone is made by SupportInvitations.CreateAsync.", nameof(session));
        if (Validate(technician, session) is [_, ..] problems)
            return new(new CreateSessionResult.Refused(new Refusal.Invalid([.. problems])), null);
        invitation = invitation with { To = AddressIn(invitation.To) };
        try
        {
            return await InviteAsync(technician, session with { Invitation = invitation }, invitation, cancellationToken).ConfigureAwait(false);
        }
        catch (TemplateRenderException failure)
        {
            return new(new CreateSessionResult.Refused(new Refusal.NotWritten(failure.Message)), null);
        }
    }

    private async Task<InviteResult> InviteAsync(Technician technician, NewSession session, NewInvitation invitation, CancellationToken cancellationToken)
    {
        var template = await templates.SelectAsync(technician.Tenant, invitation.Language, invitation.Platform, cancellationToken).ConfigureAwait(false);
        EmailMessage? draft = null;
        var result = await invitations.CreateAsync(technician, session, First, cancellationToken).ConfigureAwait(false);
        if (result is not CreateSessionResult.Created { Link: { } live } created || invitation.Delivery != EmailDelivery.DefaultMailClient)
            return new(result, null);
        // What was written for a repeat has a link that nobody keeps.
        var message = created.IsRepeat ? WriteDraft(created.Session, live, created.Session.Invitation?.To) : draft!;
        return new(result, await drafts.HandOverFirstAsync(technician, created, session.IdempotencyKey is not null, message, cancellationToken).ConfigureAwait(false));

        ComposedInvitation First(Session drafted, ConnectionLink link)
        {
            // A draft that cannot be written must not leave a session behind.
            draft = invitation.Delivery == EmailDelivery.DefaultMailClient ? WriteDraft(drafted, link, invitation.To) : null;
            return Compose(technician, drafted, link, invitation.Delivery, invitation.To, template, isRepeat: false);
        }

        EmailMessage WriteDraft(Session about, ConnectionLink link, string? to) =>
            writer.Write(technician, about, link, EmailDelivery.DefaultMailClient, to, template, isRepeat: false);
    }

    /// <summary>Invites the customer of a session once more, with the same code, while the code is live.</summary>
    /// <param name="technician">Who invites.</param>
    /// <param name="id">The session.</param>
    /// <param name="delivery">
    /// The transport; null for that of the sending before. A draft gets round a mail server that is out of order, and takes back what waits for it.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What became of it; what is wrong with the transport or the technician's address is <see cref="Refusal.Invalid"/>.</returns>
    public async Task<ResendResult> ResendAsync(
        Technician technician, SessionId id, EmailDelivery? delivery = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(technician);
        var found = await directory.FindAsync(technician, id, cancellationToken).ConfigureAwait(false);
        if ((FieldProblem[])[.. ValidateSender(technician), .. rules.Problems(found?.Invitation, delivery)] is [_, ..] problems)
            return new(new SessionResult.Refused(new Refusal.Invalid([.. problems])), null);
        try
        {
            return await ResendAsync(technician, id, found, delivery, cancellationToken).ConfigureAwait(false);
        }
        catch (TemplateRenderException failure)
        {
            return new(new SessionResult.Refused(new Refusal.NotWritten(failure.Message)), null);
        }
    }

    private async Task<ResendResult> ResendAsync(
        Technician technician, SessionId id, Session? found, EmailDelivery? delivery, CancellationToken cancellationToken)
    {
        var template = await templates.SelectAsync(technician.Tenant, found?.Language, found?.Platform, cancellationToken).ConfigureAwait(false);
        EmailMessage? draft = null;
        var result = await invitations.ResendAsync(technician, id, Again, delivery, cancellationToken).ConfigureAwait(false);
        if (result is not SessionResult.Done || draft is null)
            return new(result, null);
        return new(result, await drafts.HandOverAsync(draft, cancellationToken).ConfigureAwait(false));

        ComposedInvitation Again(Session current, ConnectionLink link)
        {
            var chosen = delivery ?? current.Invitation!.Delivery;
            // One that went before what is replaced may have reached the customer too.
            var isRepeat = current.Invitation!.IsRepeat || !IsUnseen(current.Invitation);
            // A message that nothing can send must not be stored.
            dispatchers.For(chosen);
            // What cannot be written must not be stored, for a draft either.
            draft = chosen == EmailDelivery.DefaultMailClient
                ? writer.Write(technician, current, link, chosen, current.Invitation!.To, template, isRepeat)
                : null;
            return Compose(technician, current, link, chosen, current.Invitation!.To, template, isRepeat);
        }
    }

    // The customer has not seen a message that was rejected or came back, nor one that was only held. One that nobody has told of yet may be on its way.
    private static bool IsUnseen(Invitation earlier) =>
        earlier.State is InvitationState.Rejected or InvitationState.Bounced || earlier is { State: InvitationState.Deferred, IsHeld: true, Attempts: 0 };

    // As it is kept, so that limits and repeats do not depend on how it was copied.
    private static string? AddressIn(string? to) => string.IsNullOrWhiteSpace(to) ? null : EmailAddress.Parse(to).Address;

    private ComposedInvitation Compose(
        Technician technician, Session session, ConnectionLink link, EmailDelivery delivery, string? to, SelectedTemplate template, bool isRepeat)
    {
        var invitation = new Invitation
        {
            Delivery = delivery,
            State = delivery == EmailDelivery.OnMyBehalf ? InvitationState.Queued : InvitationState.Drafted,
            At = time.GetUtcNow(),
            To = AddressIn(to),
            IsRepeat = isRepeat,
        };
        if (delivery == EmailDelivery.DefaultMailClient)
            return new(invitation);
        var message = writer.Write(technician, session, link, delivery, to, template, isRepeat);
        return new(invitation with { MessageId = message.MessageId }, EmailOutboxHandler.MessageKind, EmailMessageJson.ToUtf8Bytes(message));
    }
}
