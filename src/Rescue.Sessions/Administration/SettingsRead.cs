using Rescue.Sessions.Settings;

namespace Rescue.Sessions;

/// <summary>The answer to an administrator who looks at a setting: <see cref="Found"/> or <see cref="Refused"/>.</summary>
/// <typeparam name="TValue">What is set.</typeparam>
public abstract record SettingsRead<TValue>
{
    private SettingsRead()
    {
    }

    /// <summary>What holds now.</summary>
    /// <param name="Value">What is set, or the default.</param>
    /// <param name="Version">The saved version; null when nothing was ever saved.</param>
    public sealed record Found(TValue Value, SettingVersion? Version) : SettingsRead<TValue>;

    /// <summary>The technician lacks the right.</summary>
    /// <param name="Reason">Every missing right.</param>
    public sealed record Refused(Refusal.Forbidden Reason) : SettingsRead<TValue>;
}
