using System.Text.Json;

namespace Rescue.Sessions.Email.Templates;

/// <summary>The 150 templates that Scriban 7.2.6 rendered, read from the embedded file.</summary>
public static class ReferenceCases
{
    private static readonly JsonElement Root = Read();

    public static TheoryData<ReferenceCase> All { get; } =
        [.. Root.GetProperty("cases").Deserialize<ReferenceCase[]>(JsonSerializerOptions.Web)!];

    internal static TemplateValues Model(int index)
    {
        var model = Root.GetProperty("models")[index];
        return new()
        {
            CustomerName = Text("customer.name")!,
            TechnicianName = Text("technician.name"),
            TechnicianEmail = Text("technician.email"),
            OrganizationName = Text("organization.name"),
            LinkUrl = Text("link.url")!,
            LinkExpiresAt = Text("link.expires_at")!,
            LinkMinutesLeft = "20",
            LinkExpires = TemplateValues.Sample.LinkExpires,
            PinCode = Text("pin.code")!,
            SessionReference = Text("session.reference"),
            DevicePlatform = Text("device.platform"),
            DeviceMobile = model.GetProperty("device.mobile").GetBoolean(),
        };

        string? Text(string name) => model.GetProperty(name).GetString();
    }

    private static JsonElement Read()
    {
        using var stream = typeof(ReferenceCases).Assembly.GetManifestResourceStream("scriban-cases.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }
}
