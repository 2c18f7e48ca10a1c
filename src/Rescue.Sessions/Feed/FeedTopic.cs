namespace Rescue.Sessions.Feed;

/// <summary>What somebody listens to: everything, all of a tenant, or one session.</summary>
internal readonly record struct FeedTopic(string? Tenant, SessionId? Session)
{
    public static FeedTopic All => default;

    public static FeedTopic Of(string tenant) => new(tenant, null);

    public static FeedTopic Of(SessionId session) => new(null, session);
}
