using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Packages.Feed;

namespace Rescue.Sessions.Packages.Products;

/// <summary>What a new user does first: an empty web project, the packages and the README's example.</summary>
public sealed partial class ReadmeExampleTests(PackedFeed feed)
{
    // What the example leaves to the product: a sign-in, and a mail server that is there.
    private const string OwnSignIn = """
        using System.Security.Claims;
        using Microsoft.AspNetCore.Authentication;
        using Rescue.Sessions.Email.Smtp;

        [assembly: HostingStartup(typeof(OwnSignIn))]

        public sealed class OwnSignIn : IHostingStartup, IStartupFilter
        {
            public void Configure(IWebHostBuilder builder) => builder.ConfigureServices((context, services) => services
                .AddSingleton<IStartupFilter>(this)
                .PostConfigure<SmtpOptions>(smtp => (smtp.Host, smtp.Port, smtp.Security) = ("127.0.0.1", int.Parse(context.Configuration["TrapPort"]!), SmtpSecurity.None)));

            public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
            {
                app.Use(async (context, goOn) =>
                {
                    if (context.Request.Path != "/signin")
                        await goOn(context);
                    else
                        await context.SignInAsync(new ClaimsPrincipal(new ClaimsIdentity(
                            [new(ClaimTypes.NameIdentifier, "ada"), new(ClaimTypes.Name, "Ada Lovelace"), new(ClaimTypes.Email, "ada@acme.example")], "own")));
                });
                next(app);
            };
        }
        """;

    [Fact]
    public async Task Example_InANewWebProject_GoesTheWholePath()
    {
        using var product = new ProductFolder();
        await feed.LetRestoreAsync(product.Path);
        await Dotnet.SucceedAsync(product.Path, ["new", "web", "--name", "Acme", "--output", ".", "--no-restore", .. product.OwnTemplates]);
        await Dotnet.SucceedAsync(product.Path, "add", "package", "Rescue.Sessions.AspNetCore", "--version", PackedFeed.Version, "--no-restore");
        await product.WriteAsync("Program.cs", await ExampleAsync());
        await product.WriteAsync("OwnSignIn.cs", OwnSignIn);

        var built = await Dotnet.SucceedAsync(product.Path, "build");

        built.Should().Contain(" 0 Warning(s)");
        await using var trap = new MailTrap();
        await using var running = await RunningProduct.StartAsync(
            product.Path, "bin/Debug/net10.0/Acme.dll", new Dictionary<string, string> { ["TrapPort"] = $"{trap.Port}", ["ASPNETCORE_ENVIRONMENT"] = "Development" });
        using var technician = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = running.Address };
        (await technician.GetAsync("/signin", Cancelled)).EnsureSuccessStatusCode();
        using var customer = new HttpClient { BaseAddress = running.Address };

        var session = await PostAsync(
            technician, "/rescue/sessions", new { customerName = "Grace", email = new { delivery = "onMyBehalf", to = "grace@example.org" } });
        var mail = await trap.NextAsync(Cancelled);
        ConnectionLink.TryParse(Link().Match(mail.TextBody!).Value, out var link).Should().BeTrue(mail.TextBody);
        using var page = await customer.GetAsync(link!.ToUri().PathAndQuery, Cancelled);
        page.StatusCode.Should().Be(HttpStatusCode.OK);
        var joined = await PostAsync(customer, "/applet/join", new { token = link.Token!.Text });
        customer.DefaultRequestHeaders.Authorization = new("Bearer", joined.GetProperty("appletKey").GetString());
        await PostAsync(customer, $"/applet/{joined.GetProperty("sessionId").GetString()}/ready", new { hostName = "grace-pc", platform = "windows" });
        var started = await PostAsync(technician, $"/rescue/sessions/{session.GetProperty("id").GetString()}/start", new { });

        started.GetProperty("status").GetString().Should().Be("active");
        mail.From.ToString().Should().Be("\"Ada Lovelace, Acme Support\" <support@acme.example>");
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync(path, body, Cancelled);
        var text = await answer.Content.ReadAsStringAsync(Cancelled);
        answer.IsSuccessStatusCode.Should().BeTrue($"{path} answered {answer.StatusCode}: {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    // The first block of C# in the README.
    private static async Task<string> ExampleAsync()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(PackedFeed.Repository, "README.md"), Cancelled);
        return Block().Match(readme.ReplaceLineEndings("\n")).Groups[1].Value;
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [GeneratedRegex(@"https://help\.acme\.example/Customer/Code\.aspx\?\S+")]
    private static partial Regex Link();

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
