namespace Rescue.Sessions.Stores;

/// <summary>A client's key for one making of a session; unique for tenant and technician.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Technician">The id of the technician who makes the session.</param>
/// <param name="Key">The client's key.</param>
public sealed record IdempotencyKey(string Tenant, string Technician, string Key);
