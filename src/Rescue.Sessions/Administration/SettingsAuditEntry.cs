using System.Text.Json.Nodes;

namespace Rescue.Sessions;

/// <summary>One act of an administrator: a document of settings, before and after. Each reading makes its own.</summary>
/// <param name="Document">The document's name, such as <c>timeouts</c>, <c>groups</c>, <c>organization</c>, <c>webhooks</c> or that of a template.</param>
/// <param name="Version">The version that the act made, from 1.</param>
/// <param name="By">Who.</param>
/// <param name="At">When.</param>
/// <param name="Before">What was set before, without secrets; null where the default held.</param>
/// <param name="After">What is set since, without secrets; null where it went back to the default.</param>
public sealed record SettingsAuditEntry(string Document, long Version, TechnicianReference By, DateTimeOffset At, JsonObject? Before, JsonObject? After)
{
    /// <summary>No value, which may hold names and addresses.</summary>
    public override string ToString() => $"SettingsAuditEntry: version {Version} of {Document}";
}
