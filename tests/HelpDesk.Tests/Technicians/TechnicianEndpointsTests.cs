using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Rescue.Sessions.TestHost;

namespace HelpDesk.Tests.Technicians;

public sealed class TechnicianEndpointsTests : IAsyncDisposable
{
    private readonly FakeTimeProvider time = new(TimeProvider.System.GetUtcNow());
    private readonly HelpDeskHost host;

    public TechnicianEndpointsTests() => host = new(services: services => services.AddSingleton<TimeProvider>(time));

    [Theory]
    [InlineData("full", HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.Redirect)]
    public async Task Disable_ByAnybodyElse_IsRefused(string? technician, HttpStatusCode expected)
    {
        using var browser = technician is null ? host.Browser() : await SignInAsync(technician);

        using var page = await browser.GetAsync("/technicians", Cancelled);
        using var answer = await browser.PostAsync("/technicians/mobile/disable", null, Cancelled);

        page.StatusCode.Should().Be(expected);
        answer.StatusCode.Should().Be(expected);
        using var mobile = await SignInAsync("mobile");
        (await mobile.GetAsync("/rescue/me", Cancelled)).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Disable_Technician_RefusesTheirCookieTheirSignInAndNewHandOvers()
    {
        using var admin = await SignInAsync("admin");
        using var mobile = await SignInAsync("mobile");
        using var created = await mobile.PostAsJsonAsync("/rescue/sessions", new { customerName = "Ada" }, Cancelled);
        var id = (await created.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("id").GetString();

        using var answer = await admin.PostAsync("/technicians/mobile/disable", null, Cancelled);

        answer.Headers.Location.Should().Be(new Uri("/technicians?changed=mobile&ended=1", UriKind.Relative));
        (await mobile.GetAsync("/rescue/me", Cancelled)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        using var again = await host.Browser().PostAsync("/signin", HelpDeskHost.Form("technician", "mobile"), Cancelled);
        again.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        again.Headers.Contains("Set-Cookie").Should().BeFalse();
        var session = await admin.GetFromJsonAsync<JsonElement>($"/rescue/sessions/{id}", Cancelled);
        session.GetProperty("status").GetString().Should().Be("closed");
        session.GetProperty("endReason").GetString().Should().Be("aborted");
    }

    [Fact]
    public async Task Disable_WhileTheyListen_EndsTheirEventStreamWithinSeconds()
    {
        using var admin = await SignInAsync("admin");
        using var mobile = await SignInAsync("mobile");
        using var stream = await mobile.GetAsync("/rescue/sessions/events", HttpCompletionOption.ResponseHeadersRead, Cancelled);
        await using var events = await stream.Content.ReadAsStreamAsync(Cancelled);

        using var answer = await admin.PostAsync("/technicians/mobile/disable", null, Cancelled);

        time.Advance(TimeSpan.FromSeconds(5));
        var reading = async () => await new StreamReader(events).ReadToEndAsync(Cancelled).WaitAsync(TimeSpan.FromMinutes(2), Cancelled);
        await reading.Should().NotThrowAsync();
    }

    [Fact]
    public async Task Disable_Oneself_IsRefused()
    {
        using var admin = await SignInAsync("admin");

        using var answer = await admin.PostAsync("/technicians/admin/disable", null, Cancelled);

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await admin.GetAsync("/technicians", Cancelled)).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("disable")]
    [InlineData("enable")]
    public async Task Change_UnknownTechnician_IsNotFound(string change)
    {
        using var admin = await SignInAsync("admin");

        using var answer = await admin.PostAsync($"/technicians/nobody/{change}", null, Cancelled);

        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Enable_Disabled_LetsThemInAgain()
    {
        using var admin = await SignInAsync("admin");
        using var disabled = await admin.PostAsync("/technicians/mobile/disable", null, Cancelled);

        using var answer = await admin.PostAsync("/technicians/mobile/enable", null, Cancelled);

        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        using var mobile = await SignInAsync("mobile");
        var presence = await mobile.GetFromJsonAsync<JsonElement>("/rescue/presence", Cancelled);
        presence.GetProperty("presence").GetString().Should().Be("available");
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private async Task<HttpClient> SignInAsync(string technician)
    {
        var browser = host.Browser();
        using var answer = await browser.PostAsync("/signin", HelpDeskHost.Form("technician", technician), Cancelled);
        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        return browser;
    }
}
