namespace HelpDesk.SignIn;

/// <summary>Somebody who may sign in, as the settings list them below "Technicians".</summary>
public sealed class TechnicianAccount
{
    public string Id { get; set; } = "";

    public string Name { get; set; } = "";

    public string? Email { get; set; }

    /// <summary>The group below "Rescue:Permissions:Groups" that decides their rights.</summary>
    public string Group { get; set; } = "support";

    /// <summary>Made by: dotnet run -- hash-password</summary>
    public string PasswordHash { get; set; } = "";
}
