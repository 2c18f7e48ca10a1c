using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Permissions;

namespace Rescue.Sessions.AspNetCore.Tests.Customers;

/// <summary>What a customer is told, and can do next, where a link leads nowhere.</summary>
public sealed partial class EndingTests
{
    private const string IPhone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("expired", HttpStatusCode.Gone)]
    [InlineData("revoked", HttpStatusCode.Gone)]
    [InlineData("ended", HttpStatusCode.Gone)]
    [InlineData("used", HttpStatusCode.Conflict)]
    [InlineData("mobile", HttpStatusCode.Forbidden)]
    public async Task Link_ThatIsOver_SaysWhoseItIs_AndAsksForANewOneWithTheReference(string ending, HttpStatusCode status)
    {
        await using var product = await StartAsync();
        var created = await CreateAsync(product, ending == "mobile" ? "desk" : "all");
        await EndAsync(product, created, ending);

        foreach (var path in (string[])["/Customer/Code.aspx", "/Customer/applet/windows", "/Customer/browser", "/Customer/another-device", "/Customer/decline"])
        {
            using var answer = await GetAsync(product, path + new Uri(created.Text("link")).Query);
            if (ending == "mobile" && !path.EndsWith(".aspx", StringComparison.Ordinal) && !path.EndsWith("/browser", StringComparison.Ordinal))
                continue;
            answer.StatusCode.Should().Be(status, path);
            var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancelled));
            if (ending == "used" && path.EndsWith("/browser", StringComparison.Ordinal))
                continue;
            page.Should().Contain("This link is from Name of alice, Acme & Sons.", path).And.NotContain("Enter a PIN instead");
            var draft = Draft(page);
            draft.Should().StartWith("mailto:support@example.org?subject=").And.Contain(Uri.EscapeDataString("(T-42)"))
                .And.Contain(Uri.EscapeDataString("Hello Name of alice,\r\n\r\n")).And.EndWith(Uri.EscapeDataString("\r\n\r\nAda"));
            draft.Should().NotContain(created.Text("pin")).And.NotContain(Requests.TokenOf(created), "mail is no place for what opens a session");
        }
    }

    [Theory]
    [InlineData("disabled")]
    [InlineData("waited")]
    public async Task Link_ForWhichNoTechnicianIsThere_SaysSo_AndAsksTheOrganisation(string ending)
    {
        await using var product = await StartAsync(options => options.Timeouts.Waiting = TimeSpan.FromMinutes(5));
        var created = await CreateAsync(product, "all");
        await EndAsync(product, created, ending);

        foreach (var path in (string[])["/Customer/Code.aspx", "/Customer/applet/windows", "/Customer/browser", "/Customer/another-device", "/Customer/decline"])
        {
            using var answer = await GetAsync(product, path + new Uri(created.Text("link")).Query);
            answer.StatusCode.Should().Be(HttpStatusCode.Gone, path);
            var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancelled));
            page.Should().Contain("No technician is available").And.Contain("Please ask Acme & Sons for a new one").And.NotContain("Name of alice");
            Draft(page).Should().Contain(Uri.EscapeDataString("Hello Acme & Sons,")).And.Contain(Uri.EscapeDataString("(T-42)"));
        }

        var problem = await product.Anyone.PostAsync("/applet/join", new { token = Requests.TokenOf(created) }, HttpStatusCode.Gone);
        problem.Text("code").Should().Be("noTechnician");
    }

    [Fact]
    public async Task Link_OfAnOrganizationThatReadsAnswersElsewhere_AsksThere()
    {
        await using var product = await StartAsync(options => options.Organizations["acme"] = new() { Name = "Acme", ReplyTo = "desk+1@exämple.org" });
        var created = await CreateAsync(product, "all");
        await EndAsync(product, created, "expired");

        using var answer = await GetAsync(product, created.Text("link"));

        Draft(WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancelled))).Should().StartWith("mailto:desk%2B1@xn--exmple-cua.org?subject=");
    }

    [Fact]
    public async Task Link_WithANewerInvitation_AsksForNoOther()
    {
        await using var product = await StartAsync();
        var old = await InviteAsync(product);
        product.Time.Advance(TimeSpan.FromMinutes(30));
        await InviteAsync(product);

        using var answer = await GetAsync(product, old.Text("link"));

        (await answer.Content.ReadAsStringAsync(Cancelled)).Should().Contain("There is a newer invitation").And.NotContain("mailto:");
    }

    [Theory]
    [InlineData("/Customer/Code.aspx", "href=\"/Customer\"")]
    [InlineData("/Customer/Code.aspx?Code=12", "href=\"/Customer\"")]
    [InlineData("/Customer/Code.aspx?Code=123456&k=AAAAAAAAAAAAAAAAAAAAAA", "mailto:support@example.org")]
    [InlineData("/Customer/applet/beos", "href=\"/Customer\"")]
    [InlineData("/Customer/applet/beos?Code=123456", "href=\"/Customer/Code.aspx?Code=123456\"")]
    [InlineData("/Customer/applet/beos?Code=123456&x=%22%3E%3Cscript%3E", "href=\"/Customer/Code.aspx?Code=123456\"")]
    [InlineData("/Customer/nope", "href=\"/Customer\"")]
    [InlineData("/Customer/another-device", "href=\"/Customer\"")]
    [InlineData("/Customer/another-device?Code=123456&k=x", "href=\"/Customer\"")]
    public async Task Link_ThatIsWrong_LeadsOn_AndNamesNobody(string path, string next)
    {
        await using var product = await TestProduct.StartAsync();

        using var answer = await GetAsync(product, path);

        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancelled));
        page.Should().Contain(next).And.NotContain("This link is from").And.NotContain("<script");
    }

    [Fact]
    public async Task Titles_TellThePagesApart_AndNameNoCustomer()
    {
        await using var product = await StartAsync();
        var live = await CreateAsync(product, "all");
        var used = await CreateAsync(product, "all");
        await EndAsync(product, used, "used");
        var revoked = await CreateAsync(product, "all");
        await EndAsync(product, revoked, "revoked");
        var query = new Uri(live.Text("link")).Query;

        var titles = new List<string>();
        foreach (var path in (string[])["/Customer", "/Customer/Code.aspx" + query, "/Customer/browser" + query, "/Customer/decline" + query, "/Customer/another-device" + query,
            used.Text("link"), revoked.Text("link"), "/Customer/Code.aspx", "/Customer/Code.aspx?Code=12", "/Customer/applet/beos"])
        {
            using var answer = await GetAsync(product, path, "curl/8.0");
            titles.Add(Title().Match(await answer.Content.ReadAsStringAsync(Cancelled)).Groups[1].Value);
        }

        titles.Should().OnlyHaveUniqueItems().And.OnlyContain(title => title.EndsWith(" – Acme &amp; Sons")).And.NotContain(title => title.Contains("Ada"));
    }

    private static Task<TestProduct> StartAsync(Action<RescueSessionsOptions>? configure = null) => TestProduct.StartAsync(options =>
    {
        options.Permissions.Groups.Add(new() { Name = "desk", Grants = [ConnectionRight.PrivateSessions, ConnectionRight.PinConnection] });
        configure?.Invoke(options);
    });

    private static Task<JsonElement> CreateAsync(TestProduct product, string group) =>
        product.Technician(group: group).PostAsync("/rescue/sessions", new { customerName = "Ada", reference = "T-42" }, HttpStatusCode.Created);

    private static Task<JsonElement> InviteAsync(TestProduct product) => product.Technician().PostAsync(
        "/rescue/sessions", new { customerName = "Ada", email = new { delivery = "onMyBehalf", to = "ada@example.org" } }, HttpStatusCode.Created);

    private static async Task EndAsync(TestProduct product, JsonElement created, string ending)
    {
        var own = $"/rescue/sessions/{created.Text("id")}";
        if (ending == "expired")
            product.Time.Advance(TimeSpan.FromMinutes(20));
        else if (ending == "revoked")
            await product.Technician().PostAsync(own + "/revoke", null, HttpStatusCode.OK);
        else if (ending == "disabled")
            await product.Services.GetRequiredService<SupportSessions>().AbortAllAsync("acme", "alice");
        else if (ending == "waited")
            await WaitInVainAsync(product, created);
        else if (ending is "used" or "ended")
            await product.Anyone.JoinAsync(created);
        if (ending == "ended")
            await product.Technician().PostAsync(own + "/close", null, HttpStatusCode.OK);
    }

    private static async Task WaitInVainAsync(TestProduct product, JsonElement created)
    {
        var (id, key) = await product.Anyone.JoinAsync(created);
        await product.Anyone.PostAsync($"/applet/{id}/ready", null, HttpStatusCode.OK, key);
        await product.PassAsync(TimeSpan.FromMinutes(5));
    }

    private static Task<HttpResponseMessage> GetAsync(TestProduct product, string path, string userAgent = IPhone)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        return product.Anyone.SendAsync(request, Cancelled);
    }

    private static string Draft(string page) => Mail().Match(page).Value;

    [GeneratedRegex("mailto:[^\"]+")]
    private static partial Regex Mail();

    [GeneratedRegex("<title>([^<]*)</title>")]
    private static partial Regex Title();
}
