namespace Rescue.Sessions.AspNetCore.Tests.Protection.SignIns;

/// <summary>What a middleware finds out for all who serve one request.</summary>
internal sealed class StaffRoom
{
    public string? Tenant { get; set; }
}
