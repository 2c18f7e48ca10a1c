using Rescue.Sessions.Stores;

namespace Rescue.Sessions.EntityFrameworkCore.Sessions;

/// <summary>The condition that a row is one of several claimed messages and still has the claim's fence.</summary>
internal sealed class ClaimGroup
{
    private readonly Dictionary<Guid, int> places = [];

    public ClaimGroup(IReadOnlyList<OutboxClaim> claims)
    {
        var numbers = Group.Padded(claims.Count);
        IsHeld = $"id IN ({string.Join(", ", numbers.Select(i => $"@id{i}"))}) AND fence = CASE id {string.Join(' ', numbers.Select(i => $"WHEN @id{i} THEN @fence{i}"))} END";
        Values =
        [
            .. numbers.Select(i => ($"id{i}", (object?)Key(Group.At(claims, i)))),
            .. numbers.Select(i => ($"fence{i}", (object?)Group.At(claims, i).Fence)),
        ];
        for (var i = 0; i < claims.Count; i++)
            places[claims[i].Message.Id] = i;
    }

    /// <summary>The condition on a row of the outbox.</summary>
    public string IsHeld { get; }

    public (string Name, object? Value)[] Values { get; }

    /// <summary>Which claims the rows with these ids belong to.</summary>
    public bool[] Mark(IEnumerable<byte[]> ids)
    {
        var marked = new bool[places.Count];
        foreach (var id in ids)
            marked[places[new Guid(id, bigEndian: true)]] = true;
        return marked;
    }

    private static byte[] Key(OutboxClaim claim) => claim.Message.Id.ToByteArray(bigEndian: true);
}
