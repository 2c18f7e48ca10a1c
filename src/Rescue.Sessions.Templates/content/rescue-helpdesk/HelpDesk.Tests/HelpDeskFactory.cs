using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Tests;

/// <summary>The product as it runs, with data of its own and a clock that the test moves.</summary>
public sealed class HelpDeskFactory : WebApplicationFactory<Program>
{
    private readonly string folder = Directory.CreateTempSubdirectory("helpdesk-").FullName;

    public async Task<HttpClient> SignInAsync(string id = "ada", string password = "ada")
    {
        var browser = CreateClient(new() { AllowAutoRedirect = false });
        await browser.PostAsync("/signin", new FormUrlEncodedContent([new("id", id), new("password", password)]), TestContext.Current.CancellationToken);
        return browser;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        builder.UseSetting("Data", folder);
        builder.ConfigureTestServices(services => services.AddRescueSessionsTesting());
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }
}
