using Rescue.Sessions.Settings;

namespace Rescue.Sessions;

/// <summary>The answer to an administrator who saves a setting: <see cref="Saved"/> or <see cref="Refused"/>.</summary>
public abstract record SettingsSave
{
    private SettingsSave()
    {
    }

    /// <summary>It holds from now on.</summary>
    /// <param name="Version">The version that was saved.</param>
    public sealed record Saved(SettingVersion Version) : SettingsSave;

    /// <summary>Nothing was saved.</summary>
    /// <param name="Reason">Why: <see cref="Refusal.Forbidden"/>, <see cref="Refusal.Invalid"/> or <see cref="Refusal.Outdated"/>.</param>
    public sealed record Refused(Refusal Reason) : SettingsSave;
}
