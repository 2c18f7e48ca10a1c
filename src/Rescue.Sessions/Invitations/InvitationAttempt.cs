namespace Rescue.Sessions.Invitations;

/// <summary>What an attempt to send an invitation has come to; the rest of the invitation stays as it is then.</summary>
/// <param name="State">How far the message has come.</param>
/// <param name="Reason">Why, for a technician to read; null when it was sent.</param>
/// <param name="Attempts">How often sending was tried by now.</param>
/// <param name="IsHeld">Whether it waits for what has nothing to do with it, as <see cref="Invitation.IsHeld"/>.</param>
public sealed record InvitationAttempt(InvitationState State, string? Reason, int Attempts, bool IsHeld = false)
{
    /// <summary>
    /// The message that came back, as <see cref="Invitation.MessageId"/>: applies to an invitation of which it is the latest message and that nobody has used
    /// yet; null for the attempt of the outbox, which does not undo that a message came back.
    /// </summary>
    public string? MessageId { get; init; }

    internal bool AppliesTo(Invitation invitation, bool hasJoined) => MessageId is null
        ? invitation.State != InvitationState.Bounced && !Repeats(invitation)
        : !hasJoined && invitation.MessageId == MessageId && invitation.State is not (InvitationState.Bounced or InvitationState.Rejected);

    // What waits is tried often, and says the same each time.
    private bool Repeats(Invitation invitation) => IsHeld && invitation.IsHeld && invitation.Reason == Reason;
}
