using System.Collections.Immutable;
using System.Collections.ObjectModel;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Creating;
using Rescue.Sessions.Email.Languages;
using Rescue.Sessions.Email.Links;
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
    private const string NoMailServer = "This service has no mail server to send through. Choose defaultMailClient.";

    private readonly SupportInvitations invitations;
    private readonly SessionDirectory directory;
    private readonly SupportSessions sessions;
    private readonly InvitationWriter writer;
    private readonly TemplateSelection templates;
    private readonly TemplateNames names;
    private readonly MailWords words;
    private readonly EmailDispatchers dispatchers;
    private readonly IOptionsMonitor<EmailOptions> options;
    private readonly TimeProvider time;

    internal EmailInvitations(
        SupportInvitations invitations,
        SessionDirectory directory,
        SupportSessions sessions,
        InvitationWriter writer,
        TemplateSelection templates,
        TemplateNames names,
        MailWords words,
        EmailDispatchers dispatchers,
        IOptionsMonitor<EmailOptions> options,
        TimeProvider time)
    {
        this.invitations = invitations;
        this.directory = directory;
        this.sessions = sessions;
        this.writer = writer;
        this.templates = templates;
        this.names = names;
        this.words = words;
        this.dispatchers = dispatchers;
        this.options = options;
        this.time = time;
    }

    /// <summary>The languages that have a built-in message, the host's own among them, as BCP 47 tags, English first.</summary>
    public ImmutableArray<string> Languages => words.Languages;

    /// <summary>Every problem of a technician as the one who invites; empty when there is none. Only their address can be one.</summary>
    public static IReadOnlyList<FieldProblem> ValidateSender(Technician technician)
    {
        ArgumentNullException.ThrowIfNull(technician);
        return technician.Email is null || EmailAddress.TryParse(technician.Email, out _, out var problem)
            ? []
            : [new("technician.email", $"Your own email address in the sign-in is not valid. {AddressProblems.Describe(problem)} Have it corrected there.")];
    }

    /// <summary>
    /// Every problem of an input, empty when there is none: that of the address and the language, and a transport for which the host has no
    /// dispatcher.
    /// </summary>
    public IReadOnlyList<FieldProblem> Validate(NewSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return [.. session.Validate(), .. ProblemsOfInvitation(session)];
    }

    /// <summary>Makes a session and invites its customer.</summary>
    /// <param name="technician">Who invites.</param>
    /// <param name="session">The session, with its invitation.</param>
    /// <param name="cancellationToken">Ends the wait; the session may be stored and its message sent all the same.</param>
    /// <returns>What became of it; what is wrong with the request or the technician's address is <see cref="CreateSessionResult.Invalid"/>.</returns>
    /// <exception cref="ArgumentException">The session has no invitation.</exception>
    public async Task<InviteResult> InviteAsync(Technician technician, NewSession session, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(technician);
        ArgumentNullException.ThrowIfNull(session);
        var invitation = session.Invitation
            ?? throw new ArgumentException("Set NewSession.Invitation; a session by PIN alone is made by SupportInvitations.CreateAsync.", nameof(session));
        if ((FieldProblem[])[.. invitations.Validate(technician, session), .. ProblemsOfInvitation(session), .. ValidateSender(technician)] is [_, ..] problems)
            return new(new CreateSessionResult.Invalid([.. problems]), null);
        try
        {
            return await InviteAsync(technician, session, invitation, cancellationToken).ConfigureAwait(false);
        }
        catch (TemplateRenderException failure)
        {
            return new(new CreateSessionResult.NotWritten(failure.Message), null);
        }
    }

    private async Task<InviteResult> InviteAsync(Technician technician, NewSession session, NewInvitation invitation, CancellationToken cancellationToken)
    {
        var template = await templates.SelectAsync(technician.Tenant, invitation.Language, invitation.Platform, cancellationToken).ConfigureAwait(false);
        Task<DispatchResult>? drafting = null;
        var result = await invitations.CreateAsync(technician, session, First, cancellationToken).ConfigureAwait(false);
        if (result is not CreateSessionResult.Created { Link: { } live } created || invitation.Delivery != EmailDelivery.DefaultMailClient)
            return new(result, null);
        drafting = created.IsRepeat ? BeginDraft(technician, created.Session, live, template, isRepeat: false, cancellationToken) : drafting;
        return new(result, DraftOf(await FinishAsync(technician, created, drafting!).ConfigureAwait(false)));

        ComposedInvitation First(Session draft, ConnectionLink link)
        {
            var composed = Compose(technician, draft, link, invitation.Delivery, invitation.To, template, isRepeat: false);
            // A draft that cannot be written must not leave a session behind.
            if (invitation.Delivery == EmailDelivery.DefaultMailClient)
                drafting = BeginDraft(technician, draft with { Invitation = composed.Invitation }, link, template, isRepeat: false, cancellationToken);
            return composed;
        }
    }

    /// <summary>Invites the customer of a session once more, with the same code, while the code is live.</summary>
    /// <param name="technician">Who invites.</param>
    /// <param name="id">The session.</param>
    /// <param name="delivery">
    /// The transport; null for that of the sending before. A draft gets round a mail server that is out of order, and takes back what waits for it.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What became of it; what is wrong with the transport or the technician's address is <see cref="SessionResult.Invalid"/>.</returns>
    public async Task<ResendResult> ResendAsync(
        Technician technician, SessionId id, EmailDelivery? delivery = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(technician);
        var found = await directory.FindAsync(technician, id, cancellationToken).ConfigureAwait(false);
        if ((FieldProblem[])[.. ValidateSender(technician), .. ProblemsOfDelivery(found?.Invitation, delivery)] is [_, ..] problems)
            return new(new SessionResult.Invalid([.. problems]), null);
        try
        {
            return await ResendAsync(technician, id, found, delivery, cancellationToken).ConfigureAwait(false);
        }
        catch (TemplateRenderException failure)
        {
            return new(new SessionResult.NotWritten(failure.Message), null);
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
        return new(result, DraftOf(await dispatchers.For(EmailDelivery.DefaultMailClient).DispatchAsync(draft, cancellationToken).ConfigureAwait(false)));

        ComposedInvitation Again(Session current, ConnectionLink link)
        {
            // The customer has not seen a message that was rejected or came back.
            var isRepeat = current.Invitation!.State is not (InvitationState.Rejected or InvitationState.Bounced);
            var chosen = delivery ?? current.Invitation!.Delivery;
            // A message that nothing can send must not be stored.
            dispatchers.For(chosen);
            // What cannot be written must not be stored, for a draft either.
            draft = chosen == EmailDelivery.DefaultMailClient
                ? writer.Write(technician, current, link, chosen, current.Invitation!.To, template, isRepeat)
                : null;
            return Compose(technician, current, link, chosen, current.Invitation!.To, template, isRepeat);
        }
    }

    private IEnumerable<FieldProblem> ProblemsOfInvitation(NewSession session)
    {
        if (session.Invitation is not { } invitation)
            yield break;
        if (invitation.Channel != InvitationChannel.Email)
        {
            yield return new("email", "The invitation is no email. Leave its channel out, or send it by SmsInvitations.");
            yield break;
        }

        if (Enum.IsDefined(invitation.Delivery) && !dispatchers.Has(invitation.Delivery))
            yield return new("email.delivery", NoMailServer);
        if (!string.IsNullOrWhiteSpace(invitation.To) && !EmailAddress.TryParse(invitation.To, out _, out var problem))
            yield return new("email.to", AddressProblems.Describe(problem));
        foreach (var value in ProblemsOfValues(invitation))
            yield return value;
        if (invitation.Delivery == EmailDelivery.OnMyBehalf && options.CurrentValue.LinksInNames == LinksInNames.Refuse)
        {
            foreach (var link in LinksIn(session))
                yield return link;
        }

        if (invitation.Language is { } language && !LanguageTag.IsWellFormed(language))
            yield return new("email.language", "The language must be a BCP 47 language tag such as fr or fr-CA.");
    }

    private IEnumerable<FieldProblem> ProblemsOfDelivery(Invitation? earlier, EmailDelivery? delivery)
    {
        if (earlier is null)
            yield break;
        var chosen = delivery ?? earlier.Delivery;
        if (earlier.Channel == InvitationChannel.Sms)
            yield return new("delivery", "The session's invitation is an SMS. Send that again, by SmsInvitations.");
        else if (!Enum.IsDefined(chosen))
            yield return new("delivery", "The delivery must be onMyBehalf or defaultMailClient.");
        else if (!dispatchers.Has(chosen))
            yield return new("delivery", NoMailServer);
        else if (chosen == EmailDelivery.OnMyBehalf && earlier.To is null)
            yield return new("delivery", "The session has no address to send to. Choose defaultMailClient, or make a new session with one.");
    }

    private IEnumerable<FieldProblem> ProblemsOfValues(NewInvitation invitation)
    {
        foreach (var (name, value) in invitation.Values ?? ReadOnlyDictionary<string, string>.Empty)
        {
            var field = $"email.values.{name}";
            if (names.FindOwn(name) is not { } placeholder)
                yield return new(field, $"There is no name '{name}' of the product's own. {NamesOfOwn()}");
            else if (value is not null && placeholder.ProblemOfGiven(value) is { } problem)
                yield return new(field, $"The value {problem}");
            else if (value is not null && placeholder.Kind == TemplatePlaceholderKind.Text && invitation.Delivery == EmailDelivery.OnMyBehalf
                && options.CurrentValue.LinksInNames == LinksInNames.Refuse && LinkText.IsIn(value))
                yield return new(field, "A value in a message that is sent on your behalf must not hold a link or a host name. Leave it out, or write it without dots.");
        }
    }

    private string NamesOfOwn() => names.Own.Any()
        ? $"There are: {string.Join(", ", names.Own.Select(placeholder => placeholder.Name))}."
        : "The product has none; leave 'values' out.";

    private static IEnumerable<FieldProblem> LinksIn(NewSession session)
    {
        var fields = session.Fields ?? new();
        (string Field, string What, string? Text)[] texts =
        [
            ("customerName", "A name", session.CustomerName), ("reference", "A reference", session.Reference),
            ("fields.field0", "A field", fields.Field0), ("fields.field1", "A field", fields.Field1), ("fields.field2", "A field", fields.Field2),
            ("fields.field3", "A field", fields.Field3), ("fields.field4", "A field", fields.Field4), ("fields.field5", "A field", fields.Field5),
            ("fields.tracking", "A field", fields.Tracking),
        ];
        foreach (var (field, what, text) in texts)
        {
            if (text is not null && LinkText.IsIn(text))
                yield return new(field, $"{what} in a message that is sent on your behalf must not hold a link or a host name. Leave it out, or write it without dots.");
        }
    }

    private ComposedInvitation Compose(
        Technician technician, Session session, ConnectionLink link, EmailDelivery delivery, string? to, SelectedTemplate template, bool isRepeat)
    {
        var invitation = new Invitation
        {
            Delivery = delivery,
            State = delivery == EmailDelivery.OnMyBehalf ? InvitationState.Queued : InvitationState.Drafted,
            At = time.GetUtcNow(),
            To = string.IsNullOrWhiteSpace(to) ? null : EmailAddress.Parse(to).Address,
        };
        if (delivery == EmailDelivery.DefaultMailClient)
            return new(invitation);
        var message = writer.Write(technician, session, link, delivery, to, template, isRepeat);
        return new(invitation with { MessageId = message.MessageId }, EmailOutboxHandler.MessageKind, EmailMessageJson.ToUtf8Bytes(message));
    }

    /// <summary>Writes the message and hands it over; what has failed by then is thrown.</summary>
    private Task<DispatchResult> BeginDraft(
        Technician technician, Session session, ConnectionLink link, SelectedTemplate template, bool isRepeat, CancellationToken cancellationToken)
    {
        var message = writer.Write(technician, session, link, EmailDelivery.DefaultMailClient, session.Invitation?.To, template, isRepeat);
        var drafting = dispatchers.For(EmailDelivery.DefaultMailClient).DispatchAsync(message, cancellationToken);
        if (drafting.IsCompleted)
            drafting.GetAwaiter().GetResult();
        return drafting;
    }

    // A dispatcher of the host's own may fail later than ours: what it leaves behind is taken back.
    private async Task<DispatchResult> FinishAsync(Technician technician, CreateSessionResult.Created created, Task<DispatchResult> drafting)
    {
        try
        {
            return await drafting.ConfigureAwait(false);
        }
        catch when (!created.IsRepeat)
        {
            await sessions.RevokeAsync(technician, created.Session.Id, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    private static EmailDraft? DraftOf(DispatchResult result) => (result as DispatchResult.Drafted)?.Draft;
}
