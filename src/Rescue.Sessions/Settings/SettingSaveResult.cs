namespace Rescue.Sessions.Settings;

/// <summary>A store's answer to a save.</summary>
/// <param name="Saved">False when somebody else saved a later version than the author saw; nothing is stored then.</param>
/// <param name="Latest">The version that now is the latest: the one just saved, or the other one.</param>
public sealed record SettingSaveResult(bool Saved, SettingVersion Latest);
