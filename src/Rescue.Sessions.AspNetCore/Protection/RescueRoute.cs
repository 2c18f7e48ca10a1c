namespace Rescue.Sessions.AspNetCore.Protection;

/// <summary>Marks a route as the library's.</summary>
/// <param name="IsLanding">Whether it is where mailed links lead.</param>
internal sealed record RescueRoute(bool IsLanding = false);
