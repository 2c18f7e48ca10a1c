namespace Rescue.Sessions.Stores;

/// <summary>Who has something, and until when.</summary>
internal readonly record struct InMemoryLease(string Holder, DateTimeOffset Until)
{
    /// <summary>Whether another cannot have it yet. One that ends much later than theirs would was taken while a clock was ahead, and stands in nobody's way.</summary>
    public bool IsInTheWayOf(InMemoryLease other, DateTimeOffset now) => Holder != other.Holder && Until > now && Until <= other.Until + (other.Until - now);
}
