namespace Rescue.Sessions.Stores;

/// <summary>Which sessions to erase. Only closed ones are.</summary>
public sealed record SessionErasure
{
    /// <summary>Only sessions that ended before this moment.</summary>
    public required DateTimeOffset EndedBefore { get; init; }

    /// <summary>Only sessions of this tenant; null for all tenants.</summary>
    public string? Tenant { get; init; }

    /// <summary>Only sessions of this person, as in <see cref="SessionQuery.Customer"/>; null for all.</summary>
    public string? Customer { get; init; }

    /// <summary>The most sessions to erase in this step.</summary>
    public required int Limit { get; init; }

    /// <summary>No name and no address, for it may come into a log.</summary>
    public override string ToString() => $"SessionErasure before {EndedBefore:O}";
}
