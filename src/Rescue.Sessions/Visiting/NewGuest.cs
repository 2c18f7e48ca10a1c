namespace Rescue.Sessions;

/// <summary>Whom a technician invites into a session.</summary>
/// <param name="Name">How the technician calls them, 1 to 128 characters.</param>
/// <param name="Validity">How long the link is good and the visit may last; null for <see cref="Guests.GuestOptions.Validity"/>.</param>
public sealed record NewGuest(string Name, TimeSpan? Validity = null)
{
    /// <summary>No name, for it may come into a log.</summary>
    public override string ToString() => nameof(NewGuest);
}
