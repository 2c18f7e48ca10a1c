using System.Net;

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
}
