namespace Rescue.Sessions.AspNetCore.Settings;

/// <summary>Where a test message went.</summary>
internal sealed record TemplateTestView(string To);
