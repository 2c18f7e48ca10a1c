using System.Text.Json.Serialization;

namespace Rescue.Sessions.AspNetCore.Settings;

/// <summary>All groups of the tenant; null goes back to what the host configured.</summary>
internal sealed record GroupsBody([property: JsonRequired] IReadOnlyList<GroupBody?>? Groups, long? Version);
