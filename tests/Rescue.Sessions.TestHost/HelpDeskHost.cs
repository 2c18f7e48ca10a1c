using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Rescue.Sessions.TestHost;

/// <summary>The sample as it runs, with a data folder of its own that goes away with it.</summary>
public sealed class HelpDeskHost(string environment = "Development", Action<IServiceCollection>? services = null) : WebApplicationFactory<Program>
{
    private readonly TemporaryFolder _data = new();

    /// <summary>The same, listening on a free port of loopback, with a server's real reading of HTTP; with a certificate over HTTPS, HTTP/2 too.</summary>
    public static HelpDeskHost Listening(Action<IServiceCollection>? services = null, X509Certificate2? certificate = null)
    {
        var host = new HelpDeskHost(services: services);
        if (certificate is null)
            host.UseKestrel(0);
        else
            host.UseKestrel(options => options.Listen(IPAddress.Loopback, 0, endpoint => endpoint.UseHttps(certificate)));
        host.StartServer();
        return host;
    }

    public string DataFolder => _data.Path;

    /// <summary>A client that shows redirects instead of following them, and keeps cookies.</summary>
    public HttpClient Browser() => CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    public static FormUrlEncodedContent Form(string name, string value) => new([new(name, value)]);

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(environment);
        builder.UseSetting("Data:Folder", _data.Path);
        if (services is not null)
            builder.ConfigureTestServices(services);
        // In Development the sample makes its own.
        if (environment != "Development")
        {
            builder.UseSetting("Rescue:Codes:Keys:0", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
            builder.UseSetting("Smtp:Host", "127.0.0.1");
            builder.UseSetting("Smtp:Security", "None");
        }
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _data.Dispose();
    }
}
