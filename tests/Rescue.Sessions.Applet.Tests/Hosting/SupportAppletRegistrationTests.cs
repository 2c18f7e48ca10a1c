using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Applet.Hosting;
using Rescue.Sessions.Applet.Joining;
using Rescue.Sessions.Applet.Tests.Support;

namespace Rescue.Sessions.Applet.Tests.Hosting;

public class SupportAppletRegistrationTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AddSupportApplet_Host_GivesAnAppletThatJoins()
    {
        var server = new ScriptedServer().Answer(HttpStatusCode.OK, Known.JoinAnswer);
        var services = new ServiceCollection();
        services.AddSupportApplet().ConfigurePrimaryHttpMessageHandler(() => server);
        await using var provider = services.BuildServiceProvider();

        var result = await provider.GetRequiredService<SupportApplet>().JoinAsync(Known.Link, Known.Instance, Ct);

        result.Should().BeOfType<Joined>();
    }

    [Fact]
    public async Task AddSupportApplet_OptionsAndClockOfTheHost_AreUsed()
    {
        var time = new SteppedTime();
        var server = new ScriptedServer().Hang();
        var services = new ServiceCollection().AddSingleton<TimeProvider>(time);
        services.AddSupportApplet(options => (options.RequestTimeout, options.Attempts) = (TimeSpan.FromSeconds(33), 1))
            .ConfigurePrimaryHttpMessageHandler(() => server);
        await using var provider = services.BuildServiceProvider();

        var joining = provider.GetRequiredService<SupportApplet>().JoinAsync(Known.Link, Known.Instance, Ct);
        await time.PassAsync(TimeSpan.FromSeconds(33));

        (await joining).Should().BeOfType<JoinUnanswered>().Which.Cause.Should().BeOfType<TimeoutException>();
    }

    [Fact]
    public async Task AddSupportApplet_OptionOutOfRange_IsRefusedWithItsNameAndTheFix()
    {
        var services = new ServiceCollection();
        services.AddSupportApplet(options => options.Attempts = 0);
        await using var provider = services.BuildServiceProvider();

        var act = provider.GetRequiredService<IStartupValidator>().Validate;

        act.Should().Throw<OptionsValidationException>().WithMessage("*Applet.Attempts*from 1 to 20*");
    }

    [Fact]
    public void Constructor_OptionOutOfRange_IsRefusedLikeInAHost()
    {
        using var client = new HttpClient();

        var act = () => new SupportApplet(client, new SupportAppletOptions { HeartbeatInterval = TimeSpan.FromMinutes(2) });

        act.Should().Throw<OptionsValidationException>().WithMessage("*HeartbeatInterval*1 minute*");
    }

    [Fact]
    public void CreateHandler_Always_KeepsCredentialsFromOtherPlaces()
    {
        using var handler = SupportApplet.CreateHandler();

        handler.AllowAutoRedirect.Should().BeFalse();
        handler.UseCookies.Should().BeFalse();
    }

    [Fact]
    public void CreateHandler_Always_SignsInAtTheSystemsProxyAlone()
    {
        using var handler = SupportApplet.CreateHandler();

        handler.DefaultProxyCredentials.Should().BeSameAs(CredentialCache.DefaultCredentials, "a company's proxy asks who the user is");
        handler.Proxy.Should().BeNull();
        handler.Credentials.Should().BeNull();
    }

    [Fact]
    public async Task JoinAsync_EverythingLogged_HoldsNoSecret()
    {
        var log = new ConcurrentQueue<string>();
        var server = new ScriptedServer().Answer(HttpStatusCode.OK, Known.JoinAnswer).Answer(HttpStatusCode.OK);
        var services = new ServiceCollection().AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new ListLogger(log)));
        services.AddSupportApplet().ConfigurePrimaryHttpMessageHandler(() => server);
        await using var provider = services.BuildServiceProvider();

        var joined = (Joined)await provider.GetRequiredService<SupportApplet>().JoinAsync(Known.Link, Known.Instance, Ct);
        await joined.Session.HeartbeatAsync(Ct);

        log.Should().NotBeEmpty();
        string.Join('\n', log).Should().NotContain(Known.Token).And.NotContain(Known.Pin).And.NotContain(Known.Key);
    }
}
