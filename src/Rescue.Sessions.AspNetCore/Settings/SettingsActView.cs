using System.ComponentModel;
using System.Text.Json.Nodes;
using Rescue.Sessions.AspNetCore.Identities;

namespace Rescue.Sessions.AspNetCore.Settings;

internal sealed record SettingsActView
{
    [Description("What was set: timeouts, groups, organization, email, webhooks, or a template by its key.")]
    public required string Document { get; init; }

    [Description("The version that the act made.")]
    public required long Version { get; init; }

    public required TechnicianView SavedBy { get; init; }

    public required DateTimeOffset SavedAt { get; init; }

    [Description("What was set before, without secrets; null where the default held.")]
    public required JsonObject? Before { get; init; }

    [Description("What is set since, without secrets; null where it went back to the default.")]
    public required JsonObject? After { get; init; }

    public static SettingsActView Of(SettingsAuditEntry entry) => new()
    {
        Document = entry.Document, Version = entry.Version, SavedBy = TechnicianView.Of(entry.By), SavedAt = entry.At, Before = entry.Before, After = entry.After,
    };
}
