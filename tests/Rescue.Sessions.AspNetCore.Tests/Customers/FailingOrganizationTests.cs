using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Asking;

namespace Rescue.Sessions.AspNetCore.Tests.Customers;

/// <summary>The host's function that says which organisation is whose fails, and customers are helped all the same.</summary>
public sealed class FailingOrganizationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(typeof(HttpRequestException))]
    [InlineData(typeof(TaskCanceledException))]
    public async Task Customer_OfAHostWhoseFunctionFails_GoesAllTheWay(Type failure)
    {
        var fails = false;
        await using var product = await TestProduct.StartAsync(options =>
        {
            options.Requests.IsEnabled = true;
            options.FindOrganization = (_, _) => fails ? throw (Exception)Activator.CreateInstance(failure)! : default;
        });
        var (linked, typed) = (await product.Technician().CreateAsync(), await product.Technician().CreateAsync());
        var query = new Uri(linked.Text("link")).Query;
        fails = true;
        product.Time.Advance(TimeSpan.FromSeconds(30));

        foreach (var page in (string[])["/Customer", $"/Customer/Code.aspx{query}", $"/Customer/browser{query}", $"/Customer/decline{query}", "/Customer/request", $"/Customer/applet/windows{query}"])
        {
            using var answer = await product.Anyone.GetAsync(page, Cancellation);
            answer.StatusCode.Should().Be(HttpStatusCode.OK, page);
        }

        using var pin = new FormUrlEncodedContent([new("Code", typed.Text("pin"))]);
        using var led = await product.Anyone.PostAsync("/Customer", pin, Cancellation);
        led.StatusCode.Should().Be(HttpStatusCode.SeeOther);
        await product.Anyone.PostAsync("/applet/join", new { pin = typed.Text("pin"), instance = "one" }, HttpStatusCode.OK);
        await product.Anyone.JoinAsync(linked);
        product.Faults.All.Should().BeEmpty();
    }

    [Fact]
    public async Task Join_OfACustomerWhoAskedThemselves_IsAnsweredWithTheConfiguredName()
    {
        var fails = false;
        await using var product = await TestProduct.StartAsync(options =>
        {
            options.Requests.IsEnabled = true;
            options.FindOrganization = (_, _) => fails ? throw new HttpRequestException("The directory is away.") : default;
        });
        fails = true;
        var asked = (AskResult.Asked)await product.Services.GetRequiredService<CustomerRequests>().AskAsync(new("globex", "Grace Hopper", "The printer prints nothing."), Cancellation);

        var joined = await product.Anyone.PostAsync("/applet/join", new { token = asked.Link!.Token!.Text, instance = "one" }, HttpStatusCode.OK);

        joined.GetProperty("technician").GetString().Should().Be("Acme & Sons");
    }
}
