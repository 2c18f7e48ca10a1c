using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Tests;

public sealed class SignInTests(HelpDeskFactory factory) : IClassFixture<HelpDeskFactory>
{
    [Theory]
    [InlineData("ada", "ada", HttpStatusCode.OK)]
    [InlineData("ada", "wrong", HttpStatusCode.Redirect)]
    [InlineData("nobody", "ada", HttpStatusCode.Redirect)]
    public async Task Console_IsForThoseWhoSignedIn(string id, string password, HttpStatusCode expected)
    {
        using var browser = await factory.SignInAsync(id, password);

        using var answer = await browser.GetAsync("/", TestContext.Current.CancellationToken);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData("Technicians:0:Id", "lovelace", HttpStatusCode.Redirect, HttpStatusCode.Unauthorized)]
    [InlineData("Technicians:0:Group", "support", HttpStatusCode.OK, HttpStatusCode.Forbidden)]
    public async Task SettingsThatChange_HoldForThoseWhoAreSignedIn(string key, string value, HttpStatusCode console, HttpStatusCode settings)
    {
        await using var running = new HelpDeskFactory();
        using var browser = await running.SignInAsync();
        using (var before = await browser.GetAsync("/rescue/settings/timeouts", TestContext.Current.CancellationToken))
            Assert.Equal(HttpStatusCode.OK, before.StatusCode);

        ((IConfigurationBuilder)running.Services.GetRequiredService<IConfiguration>()).AddInMemoryCollection([new(key, value)]);

        using var page = await browser.GetAsync("/", TestContext.Current.CancellationToken);
        using var answer = await browser.GetAsync("/rescue/settings/timeouts", TestContext.Current.CancellationToken);
        Assert.Equal((console, settings), (page.StatusCode, answer.StatusCode));
    }
}
