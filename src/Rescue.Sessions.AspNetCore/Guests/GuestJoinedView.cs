namespace Rescue.Sessions.AspNetCore.Guests;

/// <summary>The answer to a guest who has joined.</summary>
internal sealed record GuestJoinedView(string SessionId, string GuestKey, string GuestId, DateTimeOffset ExpiresAt);
