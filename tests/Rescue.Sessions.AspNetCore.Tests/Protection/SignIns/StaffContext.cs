namespace Rescue.Sessions.AspNetCore.Tests.Protection.SignIns;

/// <summary>A service of one request, which reads once and then knows, as a database context does that tracks what it has found.</summary>
internal sealed class StaffContext(Staff staff)
{
    private readonly Lazy<Technician?> ada = new(() => staff.HasAda ? new("ada", "Ada") { Tenant = "acme", Groups = [staff.Group] } : null);

    public Technician? Ada => ada.Value;
}
