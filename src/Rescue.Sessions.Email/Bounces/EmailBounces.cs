using Rescue.Sessions.Email.Dispatching;
using Rescue.Sessions.Email.Smtp;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Email;

/// <summary>
/// Where a host reports that an invitation came back undelivered, which it learns from its mail provider's notices or from the mailbox of the sender address
/// (RFC 3464). Thread-safe.
/// </summary>
public sealed class EmailBounces
{
    private readonly ISessionStore store;
    private readonly TimeProvider time;

    internal EmailBounces(ISessionStore store, TimeProvider time)
    {
        this.store = store;
        this.time = time;
    }

    /// <summary>Notes that a message came back. The same report may come any number of times, and any others' with it.</summary>
    /// <param name="messageId">
    /// The Message-ID of the message that came back (RFC 5322 section 3.6.4), with or without angle brackets, as the notice quotes it. Anybody who was sent one can
    /// make a notice up: report only what the provider has signed, or what came to a mailbox of your own.
    /// </param>
    /// <param name="reason">The notice's words for the technician, such as <c>5.1.1 no such user</c>, of which at most 300 characters are kept, without addresses and links; or null.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="SessionStoreException">The storage failed; report it again.</exception>
    public async Task<BounceOutcome> NoteAsync(string messageId, string? reason = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messageId);
        var id = MessageIds.Normalize(messageId);
        if (!MessageIds.TryFindSession(id, out var session)
            || await store.FindAsync(SessionSelector.ById(session), cancellationToken).ConfigureAwait(false) is not { Session.Invitation: { } invitation })
        {
            return BounceOutcome.Unknown;
        }

        var now = time.GetUtcNow();
        var attempt = new InvitationAttempt(InvitationState.Bounced, Masked(reason, invitation), invitation.Attempts) { MessageId = AsKept(id, invitation) };
        var change = new SessionChange
        {
            Kind = SessionEventKind.Invitation, At = now, Actor = SessionActor.Service, Detail = nameof(InvitationState.Bounced), Attempt = attempt,
        };
        var result = await store.TransitionAsync(SessionSelector.ById(session), new() { Now = now, CodeLive = true }, change, cancellationToken).ConfigureAwait(false);
        return result.Applied ? BounceOutcome.Noted : BounceOutcome.Overtaken;
    }

    // Mail systems give an id back in another case.
    private static string AsKept(string id, Invitation invitation) => id.Equals(invitation.MessageId, StringComparison.OrdinalIgnoreCase) ? invitation.MessageId : id;

    private static string? Masked(string? reason, Invitation invitation) => string.IsNullOrWhiteSpace(reason)
        ? null
        : ReplyMask.Mask(reason, invitation.To is { } to && EmailAddress.TryParse(to, out var recipient, out _) ? recipient : null);
}
