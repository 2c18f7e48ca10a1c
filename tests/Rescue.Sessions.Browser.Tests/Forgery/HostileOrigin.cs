namespace Rescue.Sessions.Browser.Tests.Forgery;

/// <summary>Where the hostile page is. The product is at <c>help.product</c>, below a top-level name that is the same for all.</summary>
/// <param name="Name">What the origin is to the product.</param>
/// <param name="Host">The page's host name, without the top-level name.</param>
/// <param name="IsOpaque">Whether the page runs in a sandbox, whose origin is null.</param>
/// <param name="HidesReferrer">Whether it lets its requests say nothing of where they come from, so that forms have the origin null.</param>
public sealed record HostileOrigin(string Name, string Host, bool IsOpaque = false, bool HidesReferrer = false)
{
    public static HostileOrigin OtherPort { get; } = new("another port", ForgeryTarget.Host);

    public static IReadOnlyList<HostileOrigin> All { get; } =
    [
        OtherPort,
        new("another port, without referrer", ForgeryTarget.Host, HidesReferrer: true),
        new("a sibling host", "blog.product"),
        new("a sibling host, without referrer", "blog.product", HidesReferrer: true),
        new("another site", "evil"),
        new("another site, without referrer", "evil", HidesReferrer: true),
        new("a sandbox on another port", ForgeryTarget.Host, IsOpaque: true),
        new("a sandbox on another site", "evil", IsOpaque: true),
    ];
}
