using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Rescue.Sessions.AspNetCore.Applets;
using Rescue.Sessions.AspNetCore.Guests;
using Rescue.Sessions.AspNetCore.Settings;
using Rescue.Sessions.AspNetCore.Technicians;
using Rescue.Sessions.AspNetCore.Webhooks;

namespace Rescue.Sessions.AspNetCore.Hosting;

/// <summary>All bodies and views of the library, whichever side they are for.</summary>
internal static class WireJson
{
    public static IJsonTypeInfoResolver Types { get; } =
        JsonTypeInfoResolver.Combine(TechnicianJson.Default, AppletJson.Default, GuestJson.Default, SettingsJson.Default, WebhookJson.Default);

    public static JsonSerializerOptions Options { get; } = new(TechnicianJson.Default.Options) { TypeInfoResolver = Types };
}
