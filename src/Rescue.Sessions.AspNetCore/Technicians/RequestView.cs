using System.ComponentModel;

namespace Rescue.Sessions.AspNetCore.Technicians;

/// <summary>What a customer said who asked for help themselves.</summary>
internal sealed record RequestView(
    [property: Description("What they need help with.")] string Topic,
    [property: Description("The address that they gave; nobody has verified it.")] string? Email);
