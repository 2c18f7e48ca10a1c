namespace Rescue.Sessions.AspNetCore.Json;

/// <summary>The body of a verb that needs none: nothing at all, or an object.</summary>
internal sealed record EmptyBody;
