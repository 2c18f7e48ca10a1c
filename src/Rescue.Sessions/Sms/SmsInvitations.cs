using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Creating;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Organizations;
using Rescue.Sessions.Sms;

namespace Rescue.Sessions;

/// <summary>
/// Invites customers by SMS: one call checks rights, makes the session and writes the text, which is stored together with the session and sent right after
/// by the outbox. <see cref="Session.InvitationState"/> tells how far it has come. Thread-safe.
/// </summary>
/// <remarks>It takes the rights of an email that the service sends, counts in the same limits, and needs an <see cref="ISmsDispatcher"/>.</remarks>
public sealed class SmsInvitations
{
    private const int IdOctets = 16;
    private const string TooLong = "The text with the link does not fit into an SMS. Shorten the product's public address.";

    private const string NoGateway = "This service has no gateway to send an SMS through. Leave 'sms' out.";

    private readonly SupportInvitations invitations;
    private readonly SessionDirectory directory;
    private readonly OrganizationDirectory organizations;
    private readonly SmsWords words;
    private readonly IEnumerable<ISmsDispatcher> dispatchers;
    private readonly TimeProvider time;

    internal SmsInvitations(
        SupportInvitations invitations,
        SessionDirectory directory,
        OrganizationDirectory organizations,
        SmsWords words,
        IEnumerable<ISmsDispatcher> dispatchers,
        TimeProvider time)
    {
        this.invitations = invitations;
        this.directory = directory;
        this.organizations = organizations;
        this.words = words;
        this.dispatchers = dispatchers;
        this.time = time;
        Languages = [.. words.Languages];
    }

    /// <summary>Whether the host has a gateway to send by; without one nobody can be invited by SMS.</summary>
    public bool HasGateway => dispatchers.Any();

    /// <summary>The languages that texts are written in, the host's own among them, as BCP 47 tags, English first.</summary>
    public ImmutableArray<string> Languages { get; }

    /// <summary>The language of texts for which a technician chooses none, as a BCP 47 tag; null where the organisation has set none.</summary>
    public async ValueTask<string?> FindLanguageAsync(Technician technician, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(technician);
        var organization = await organizations.FindAsync(technician.Tenant, cancellationToken).ConfigureAwait(false);
        return organization.Languages.IsEmpty ? null : words.Choose(language: null, organization);
    }

    /// <summary>Every problem of a request, empty when there is none: those of <see cref="SupportInvitations.Validate"/>, and a host without a dispatcher.</summary>
    public IReadOnlyList<FieldProblem> Validate(Technician technician, NewSession session)
    {
        var problems = invitations.Validate(technician, session);
        return HasGateway ? problems : [.. problems, new("sms", NoGateway)];
    }

    /// <summary>Makes a session and invites its customer.</summary>
    /// <param name="technician">Who invites.</param>
    /// <param name="session">The session, with an invitation by <see cref="InvitationChannel.Sms"/>.</param>
    /// <param name="cancellationToken">Ends the wait; the session may be stored and its text sent all the same.</param>
    /// <returns>What became of it; what is wrong with the number or the language is <see cref="Refusal.Invalid"/>.</returns>
    /// <exception cref="ArgumentException">The session has no invitation by SMS.</exception>
    public async Task<CreateSessionResult> InviteAsync(Technician technician, NewSession session, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(technician);
        ArgumentNullException.ThrowIfNull(session);
        if (session.Invitation is not { Channel: InvitationChannel.Sms } invitation)
            throw new ArgumentException("Set NewSession.Invitation, with Channel = InvitationChannel.Sms.", nameof(session));
        // What else can be wrong is found where the session is made.
        if (!HasGateway)
            return new CreateSessionResult.Refused(new Refusal.Invalid([.. Validate(technician, session)]));
        var organization = await organizations.FindAsync(technician.Tenant, cancellationToken).ConfigureAwait(false);
        try
        {
            return await invitations.CreateAsync(
                technician, session, (draft, link) => Compose(draft, link, PhoneNumber.Parse(invitation.To!), organization), cancellationToken).ConfigureAwait(false);
        }
        catch (SmsTooLongException)
        {
            return new CreateSessionResult.Refused(new Refusal.NotWritten(TooLong));
        }
    }

    /// <summary>Invites the customer of a session that began by SMS once more, with the same code, while the code is live.</summary>
    /// <param name="technician">Who invites.</param>
    /// <param name="id">The session.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What became of it; a session with an invitation by email is <see cref="Refusal.Invalid"/>.</returns>
    public async Task<SessionResult> ResendAsync(Technician technician, SessionId id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(technician);
        var found = await directory.FindAsync(technician, id, cancellationToken).ConfigureAwait(false);
        if (found?.Invitation is { Channel: not InvitationChannel.Sms })
            return new SessionResult.Refused(new Refusal.Invalid([new("id", "The session's invitation is an email. Send that again.")]));
        var organization = await organizations.FindAsync(technician.Tenant, cancellationToken).ConfigureAwait(false);
        try
        {
            return await invitations.ResendAsync(
                technician, id, (current, link) => Compose(current, link, PhoneNumber.Parse(current.Invitation!.To!), organization), null, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (SmsTooLongException)
        {
            return new SessionResult.Refused(new Refusal.NotWritten(TooLong));
        }
    }

    private ComposedInvitation Compose(Session session, ConnectionLink link, PhoneNumber to, Organization organization)
    {
        var language = words.Choose(session.Language, organization);
        var text = words.Write(language, organization, link.ToUri());
        if (SmsParts.CountOf(text) > SmsMessage.MaximumParts)
            throw new SmsTooLongException();
        var stored = new StoredSms(IdOf(session), to.Value, text, language, session.Tenant);
        var invitation = new Invitation
        {
            Delivery = EmailDelivery.OnMyBehalf, State = InvitationState.Queued, At = time.GetUtcNow(), To = to.Value,
        };
        return new(invitation, SmsOutboxHandler.MessageKind, stored.ToUtf8Bytes());
    }

    // A second text about the same session is another; whoever sends it learns no id of a session by it.
    private static string IdOf(Session session) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"sms/{session.Id}/{session.Version}")).AsSpan(0, IdOctets));
}
