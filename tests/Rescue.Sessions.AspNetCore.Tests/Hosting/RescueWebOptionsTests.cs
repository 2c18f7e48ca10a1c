using Microsoft.Extensions.Options;
using Rescue.Sessions.Devices;

namespace Rescue.Sessions.AspNetCore.Tests.Hosting;

public class RescueWebOptionsTests
{
    [Fact]
    public async Task Start_WithoutATechnicianDelegate_NamesIt()
    {
        Func<Task> start = () => TestProduct.StartAsync(web: options => options.Technician = null);

        (await start.Should().ThrowAsync<OptionsValidationException>()).WithMessage("*RescueWebOptions.Technician*");
    }

    [Fact]
    public async Task Start_WithAnAppletThatIsNotThere_NamesThePlatform()
    {
        Func<Task> start = () => TestProduct.StartAsync(web: options => options.Applets[DevicePlatform.MacOS] = "/nowhere/applet");

        (await start.Should().ThrowAsync<OptionsValidationException>()).WithMessage("*Applets[MacOS]*");
    }

    [Fact]
    public async Task Technician_WhoIsNobody_Is401_EvenWhenSignedIn()
    {
        await using var product = await TestProduct.StartAsync(web: options => options.Technician = _ => null);

        await product.Technician().GetJsonAsync("/rescue/me", System.Net.HttpStatusCode.Unauthorized);
    }
}
