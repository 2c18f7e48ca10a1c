using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Devices;

namespace Rescue.Sessions.AspNetCore.Tests.Hosting;

public class RescueWebOptionsTests
{
    private static readonly Dictionary<string, Action<RescueWebOptions>> Mistakes = new()
    {
        ["*Web.Technician is not set. Set it*"] = o => o.Technician = null,
        ["*Web.Technician and Web.FindTechnician are both set. Set one*"] = o => o.FindTechnician = _ => new((Technician?)null),
        ["*Web.Applets[MacOS] names a file or folder that is not there: */nowhere/applet. Publish the applet first*"] =
            o => o.Applets[DevicePlatform.MacOS] = "/nowhere/applet",
        ["*Applets[IOS]*"] = o => o.Applets[DevicePlatform.IOS] = "applets/ios",
        ["*AllowedOrigins has 'https://app.example/', which is no origin. Write scheme, host and port alone*"] = o => o.AllowedOrigins.Add("https://app.example/"),
        ["*AllowedOrigins has '*.example'*"] = o => o.AllowedOrigins.Add("*.example"),
        ["*AllowedOrigins has 'null'*"] = o => o.AllowedOrigins.Add("null"),
        ["*Streams.PerApplet is 0. Set it to a number from 1 to 100.*"] = o => o.Streams.PerApplet = 0,
        ["*Streams.PerTechnician is 1001.*"] = o => o.Streams.PerTechnician = 1001,
        ["*Streams.PerTenant is -1.*"] = o => o.Streams.PerTenant = -1,
        ["*Streams.Overall is 0.*"] = o => o.Streams.Overall = 0,
        ["*MinimumAppletProtocol is 0.*"] = o => o.MinimumAppletProtocol = 0,
        ["*Web.Tenant is empty. Set it to the tenant*"] = o => o.Tenant = "",
    };

    public static TheoryData<string> Messages => [.. Mistakes.Keys];

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task Start_Mistake_NamesTheOptionAndTheFix(string message)
    {
        Func<Task> start = () => TestProduct.StartAsync(web: Mistakes[message]);

        var thrown = await start.Should().ThrowAsync<OptionsValidationException>();

        thrown.Which.Message.Should().Match(message);
    }

    [Fact]
    public async Task FindTechnician_HasTheRequestAndItsServices_AndMayWait()
    {
        await using var product = await TestProduct.StartAsync(web: options =>
        {
            options.Technician = null;
            options.FindTechnician = async context =>
            {
                await Task.Yield();
                var name = context.RequestServices.GetRequiredService<IHostEnvironment>().EnvironmentName;
                return context.Request.Headers["X-Who"] is [{ } id] ? new(id, name) { Tenant = "acme", Groups = ["all"] } : null;
            };
        });
        using var client = product.Technician("ignored");
        client.DefaultRequestHeaders.Add("X-Who", "zoe");

        var me = await client.GetJsonAsync("/rescue/me");

        me.Text("id").Should().Be("zoe");
        me.Text("name").Should().Be(product.Services.GetRequiredService<IHostEnvironment>().EnvironmentName);
        await product.Anyone.GetJsonAsync("/rescue/me", System.Net.HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Technician_WhoIsNobody_Is401_EvenWhenSignedIn()
    {
        await using var product = await TestProduct.StartAsync(web: options => options.Technician = _ => null);

        await product.Technician().GetJsonAsync("/rescue/me", System.Net.HttpStatusCode.Unauthorized);
    }
}
