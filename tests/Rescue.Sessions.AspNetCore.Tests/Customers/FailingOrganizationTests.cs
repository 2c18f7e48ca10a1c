using System.Net;
using System.Text.RegularExpressions;
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

    [Theory]
    [InlineData("https://help.initech.example", "initech", true)]
    [InlineData("https://help.initech.example", "initech", false)]
    [InlineData("https://help.umbrella.example", "umbrella", true)]
    [InlineData("https://help.umbrella.example", "umbrella", false)]
    public async Task Form_WhileNobodyKnowsWhoseTheHostNameIs_IsKept_AndMakesOneSessionThen(string address, string tenant, bool isOfferedByTheProduct)
    {
        var fails = false;
        await using var product = await TestProduct.StartAsync(options =>
        {
            options.Requests.IsEnabled = isOfferedByTheProduct;
            options.TenantRequests[tenant] = new() { IsEnabled = true, Email = RequestField.Required };
            options.FindOrganization = (query, _) => fails
                ? throw new HttpRequestException("The directory is away.")
                : new(query.Tenant == "initech" || query.HostName == "help.initech.example"
                    ? new Organizations.FoundOrganization("initech", new() { PublicBaseUri = new("https://help.initech.example") })
                    : null);
        });
        await product.Technician(tenant: "umbrella").PutAsync("/rescue/settings/organization", new { publicBaseUri = "https://help.umbrella.example" });
        var place = new Uri(new(address), "/Customer/request");
        fails = true;
        product.Time.Advance(TimeSpan.FromSeconds(30));

        using var looked = await product.Anyone.GetAsync(place, Cancellation);
        var (refused, page) = await SendAsync("0123456789abcdef0123456789abcdef");
        fails = false;
        product.Time.Advance(TimeSpan.FromSeconds(5));
        var (made, _) = await SendAsync(Regex.Match(page, "name=\"form\" value=\"([0-9a-f]{32})\"").Groups[1].Value);
        var (repeated, _) = await SendAsync("0123456789abcdef0123456789abcdef");

        looked.StatusCode.Should().Be(isOfferedByTheProduct ? HttpStatusCode.OK : HttpStatusCode.ServiceUnavailable);
        (refused, made, repeated).Should().Be((HttpStatusCode.ServiceUnavailable, HttpStatusCode.SeeOther, HttpStatusCode.SeeOther));
        page.Should().Contain("value=\"Grace Hopper\"").And.Contain("value=\"grace@example.org\"").And.Contain("The printer prints nothing.</textarea>").And.NotContain("name=\"reference\"");
        foreach (var each in (string[])["default", "acme", tenant])
        {
            var queue = await product.Technician(tenant: each).GetJsonAsync("/rescue/sessions");
            queue.GetProperty("items").GetArrayLength().Should().Be(each == tenant ? 1 : 0, each);
        }

        async Task<(HttpStatusCode Status, string Page)> SendAsync(string form)
        {
            using var content = new FormUrlEncodedContent(
                [new("form", form), new("name", "Grace Hopper"), new("topic", "The printer prints nothing."), new("email", "grace@example.org")]);
            using var answer = await product.Anyone.PostAsync(place, content, Cancellation);
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
        }
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
