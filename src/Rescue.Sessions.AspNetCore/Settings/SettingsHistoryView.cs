namespace Rescue.Sessions.AspNetCore.Settings;

/// <summary>What administrators have done, newest first.</summary>
internal sealed record SettingsHistoryView(IReadOnlyList<SettingsActView> Items);
