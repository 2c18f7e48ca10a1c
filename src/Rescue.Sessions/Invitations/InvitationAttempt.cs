namespace Rescue.Sessions.Invitations;

/// <summary>What an attempt to send an invitation has come to; the rest of the invitation stays as it is then.</summary>
/// <param name="State">How far the message has come.</param>
/// <param name="Reason">Why, for a technician to read; null when it was sent.</param>
/// <param name="Attempts">How often sending was tried by now.</param>
/// <param name="IsHeld">Whether it waits for a setting to be put right, as <see cref="Invitation.IsHeld"/>.</param>
public sealed record InvitationAttempt(InvitationState State, string? Reason, int Attempts, bool IsHeld = false)
{
    // What waits is tried often, and says the same each time.
    internal bool Repeats(Invitation invitation) => IsHeld && invitation.IsHeld && invitation.Reason == Reason;
}
