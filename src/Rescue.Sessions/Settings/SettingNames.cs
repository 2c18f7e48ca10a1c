namespace Rescue.Sessions.Settings;

/// <summary>The names of the core's documents.</summary>
internal static class SettingNames
{
    public const string Timeouts = "timeouts";
    public const string Groups = "groups";
}
