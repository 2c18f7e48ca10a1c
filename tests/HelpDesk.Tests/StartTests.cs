using Rescue.Sessions.TestHost;

namespace HelpDesk.Tests;

/// <summary>Mistakes in how the built sample is started, as a process of its own: it ends before the first request, and says what to do.</summary>
public sealed class StartTests : IDisposable
{
    private static readonly string Key = Convert.ToBase64String(new byte[32]);

    private static readonly Dictionary<string, (string Name, string Value)[]> Mistakes = new()
    {
        [@"Culture data \(ICU\) is missing in this process.*apt-get install libicu-dev.*DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] =
            [("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1")],
        [@"There is no mail server\. Set Smtp__Host"] = [("ASPNETCORE_ENVIRONMENT", "Production"), ("Rescue__Codes__Keys__0", Key)],
        [@"Codes\.Keys is empty.*openssl rand -base64 32"] =
            [("ASPNETCORE_ENVIRONMENT", "Production"), ("Smtp__Host", "mail.example.org"), ("Rescue__Codes__PublicBaseUri", "https://help.example.org/")],
        [@"Codes\.PublicBaseUri is http:// in Production.*Use https://"] =
        [
            ("ASPNETCORE_ENVIRONMENT", "Production"), ("Rescue__Codes__Keys__0", Key), ("Smtp__Host", "mail.example.org"),
            ("Rescue__Codes__PublicBaseUri", "http://help.example.org/"),
        ],
        [@"Codes\.PublicBaseUri has a path with characters"] = [("Rescue__Codes__PublicBaseUri", "https://help.example.org/o'neill/")],
        [@"mapped at '/Customer/Code\.aspx'|Codes\.PublicBaseUri must have no query"] = [("Rescue__Codes__PublicBaseUri", "https://help.example.org/?a=1")],
        [@"Smtp\.LocalDomain must be a full domain name"] = [("Smtp__LocalDomain", "SRV_ü1")],
        [@"Smtp\.Security is None for a host that is not loopback.*StartTls"] = [("Smtp__Host", "mail.example.org"), ("Smtp__Security", "None")],
        [@"Email\.DefaultLanguage must be a BCP 47 language tag"] = [("Rescue__Email__DefaultLanguage", "en-x")],
        [@"Email\.SenderAddress must be one mailbox"] = [("Rescue__Email__SenderAddress", "support")],
        [@"Email\.TimeZone is not known on this machine"] = [("Rescue__Email__TimeZone", "Europe/Atlantis")],
        ["not found on the instance of Rescue.Sessions.Codes.CodeOptions: 'PublicBaseUrl'"] = [("Rescue__Codes__PublicBaseUrl", "https://help.example.org/")],
        ["not found on the instance of Rescue.Sessions.RescueSessionsOptions: 'Mail'"] = [("Rescue__Mail__SenderAddress", "support@acme.example")],
        ["not found on the instance of Rescue.Sessions.Email.EmailOptions: 'Sender'"] = [("Rescue__Email__Sender", "support@acme.example")],
        ["not found on the instance of Rescue.Sessions.AspNetCore.BrowserOptions: 'Offers'"] = [("Rescue__Browser__Offers", "Always")],
        ["not found on the instance of Rescue.Sessions.Webhooks.WebhookOptions: 'AllowHttps'"] = [("Rescue__Webhooks__AllowHttps", "true")],
        ["not found on the instance of Rescue.Sessions.Email.Smtp.SmtpOptions: 'Server'"] = [("Smtp__Server", "mail.acme.example")],
        [@"Sms__Address is no absolute"] = [("Sms__Address", "gateway")],
        [@"Tickets__BaseUri is no absolute"] = [("Tickets__BaseUri", "gateway")],
        ["Store__ConnectionString must begin with 'Data Source='"] = [("Store__ConnectionString", "Server=db")],
    };

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Messages => [.. Mistakes.Keys];

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task Start_Mistake_EndsAndSaysWhatToDo(string message)
    {
        var environment = new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0", ["ASPNETCORE_ENVIRONMENT"] = "Development", ["Data__Folder"] = Path.Combine(folder.Path, "data"),
        };
        foreach (var (name, value) in Mistakes[message])
            environment[name] = value;
        await using var process = new ConsoleProcess(Path.Combine(AppContext.BaseDirectory, "HelpDesk"), [], environment, folder.Path);

        (await process.ExitCodeAsync()).Should().NotBe(0);

        await process.ExpectAsync(message);
        process.Output.Should().NotContain("Help desk: open");
    }

    public void Dispose() => folder.Dispose();
}
