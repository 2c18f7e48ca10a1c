using System.Text.Json.Serialization;

namespace Rescue.Sessions.AspNetCore.Settings;

/// <summary>What administrators send and are answered, as JSON. A view has one shape: what is not known is null, so that a client can put a newer view over an older one.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, AllowDuplicateProperties = false, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(TemplateBody))]
[JsonSerializable(typeof(TemplateView))]
[JsonSerializable(typeof(TemplateListView))]
[JsonSerializable(typeof(TemplatePreviewView))]
[JsonSerializable(typeof(TemplateTestView))]
[JsonSerializable(typeof(EmailDefaultsBody))]
[JsonSerializable(typeof(EmailDefaultsView))]
[JsonSerializable(typeof(TimeoutsBody))]
[JsonSerializable(typeof(TimeoutsView))]
[JsonSerializable(typeof(OrganizationBody))]
[JsonSerializable(typeof(OrganizationView))]
[JsonSerializable(typeof(OrganizationHistoryView))]
[JsonSerializable(typeof(SettingsHistoryView))]
[JsonSerializable(typeof(GroupsBody))]
[JsonSerializable(typeof(GroupsView))]
internal sealed partial class SettingsJson : JsonSerializerContext;
