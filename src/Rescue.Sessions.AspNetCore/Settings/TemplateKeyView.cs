namespace Rescue.Sessions.AspNetCore.Settings;

internal sealed record TemplateKeyView(string Language, string? Platform);
