namespace Rescue.Sessions;

/// <summary>What became of the request to erase a tenant.</summary>
/// <param name="Erased">How many sessions were erased.</param>
/// <param name="Left">How many sessions are left: those that began meanwhile, and damaged ones that cannot be ended.</param>
public sealed record TenantErasure(int Erased, int Left);
