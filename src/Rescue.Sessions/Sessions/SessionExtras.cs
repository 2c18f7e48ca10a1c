using Rescue.Sessions.Fields;
using Rescue.Sessions.Guests;
using Rescue.Sessions.Requests;
using Rescue.Sessions.Transfers;

namespace Rescue.Sessions;

/// <summary>What a session can have and most have little of. Snapshots of one session share it until it changes.</summary>
internal sealed record SessionExtras
{
    public static readonly SessionExtras None = new();

    public string? Reference { get; init; }

    public string? Language { get; init; }

    public string? TimeZone { get; init; }

    public CustomerRequest? Request { get; init; }

    public DateTimeOffset? WaitingSince { get; init; }

    public TransferOffer? Offer { get; init; }

    public CustomFields? Fields { get; init; }

    public IReadOnlyDictionary<string, string>? InvitationValues { get; init; }

    public IReadOnlyList<Guest>? Guests { get; init; }

    /// <summary>Null for nothing, so that two snapshots are equal however they have come to have nothing.</summary>
    public static SessionExtras? OrNull(SessionExtras extras) => extras == None ? null : extras;

    /// <summary>No name and no address, for it may come into a log.</summary>
    public override string ToString() => nameof(SessionExtras);
}
