using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Rescue.Sessions.Health;

/// <summary>A part of the service that can fail, and the check that finds out. Packages register theirs; <c>AddHealthChecks().AddRescueSessions()</c> adds them all.</summary>
/// <param name="Name">The check's name, such as <c>rescue.store</c>.</param>
/// <param name="Check">The check; asked by several callers at once.</param>
public sealed record HealthPart(string Name, IHealthCheck Check);
