namespace Rescue.Sessions.Settings;

/// <summary>The names of the core's documents.</summary>
internal static class SettingNames
{
    public const string Timeouts = "timeouts";
    public const string Groups = "groups";
    public const string Organization = "organization";

    /// <summary>The tenant of what the library notes for itself.</summary>
    public const string NoTenant = "";

    /// <summary>The ids of the keys with which a durable store is written.</summary>
    public const string CodeKeys = "code-keys";

    /// <summary>The author of what the library notes for itself.</summary>
    public static readonly TechnicianReference Library = new("rescue-sessions", "Rescue.Sessions");
}
