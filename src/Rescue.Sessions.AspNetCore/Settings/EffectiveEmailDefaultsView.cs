namespace Rescue.Sessions.AspNetCore.Settings;

/// <summary>The language and time zone that messages have when nothing else is said.</summary>
internal sealed record EffectiveEmailDefaultsView(string Language, string TimeZone);
