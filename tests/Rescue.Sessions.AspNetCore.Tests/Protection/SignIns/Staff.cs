namespace Rescue.Sessions.AspNetCore.Tests.Protection.SignIns;

/// <summary>What a host knows of Ada, of whom it has made a technician.</summary>
internal sealed class Staff
{
    public bool HasAda { get; set; } = true;

    public string Group { get; set; } = "all";
}
