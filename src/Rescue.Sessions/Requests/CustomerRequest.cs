namespace Rescue.Sessions.Requests;

/// <summary>What a customer has said who asked for help themselves. Immutable; personal data.</summary>
/// <param name="Topic">What they need help with, one line of 1 to 500 characters.</param>
/// <param name="Email">The address that they gave, which nobody has verified; null where they were not asked, or gave none. Nothing is sent to it.</param>
public sealed record CustomerRequest(string Topic, string? Email = null)
{
    /// <summary>The most characters of <see cref="Topic"/>.</summary>
    public const int MaxTopicLength = 500;

    /// <summary>The most characters of <see cref="Email"/> (RFC 5321, section 4.5.3.1).</summary>
    public const int MaxEmailLength = 254;

    /// <summary>No topic and no address, for it may come into a log.</summary>
    public override string ToString() => nameof(CustomerRequest);
}
