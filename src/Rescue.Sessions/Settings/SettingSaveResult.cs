namespace Rescue.Sessions.Settings;

/// <summary>A store's answer to a save.</summary>
/// <param name="Saved">False when the version the author saw is not the latest; nothing is stored then.</param>
/// <param name="Latest">The version that now is the latest: the one just saved, or the other one; of version 0 and with the refused change's author where there is none.</param>
public sealed record SettingSaveResult(bool Saved, SettingVersion Latest);
