using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Rescue.Sessions.Hosting;
using Rescue.Sessions.Invitations;

namespace Rescue.Sessions.Email.Hosting;

public sealed class SendingCheckTests : ILoggerProvider, ILogger
{
    private readonly List<string> lines = [];

    [Fact]
    public async Task Start_NothingSends_SaysOnceWhatToCall()
    {
        await StartAsync(_ => { });

        lines.Should().ContainSingle().Which.Should().Contain("UseSmtp").And.Contain("IEmailDispatcher");
    }

    [Fact]
    public async Task Start_WithAMailServer_SaysNothing()
    {
        await StartAsync(builder => builder.UseSmtp(options => options.Host = "smtp.example.org"));

        lines.Should().BeEmpty();
    }

    [Fact]
    public async Task Start_WithADispatcherOfTheHosts_SaysNothing()
    {
        await StartAsync(builder => builder.Services.AddSingleton<IEmailDispatcher, Own>());

        lines.Should().BeEmpty();
    }

    private async Task StartAsync(Action<RescueSessionsBuilder> add)
    {
        var services = new ServiceCollection().AddLogging(logging => logging.AddProvider(this));
        add(services.AddRescueSessions(options => options.Codes.PublicBaseUri = new("https://help.example.org/")).AddEmail(options => options.SenderAddress = "support@example.org"));
        await using var provider = services.BuildServiceProvider();
        foreach (var service in provider.GetServices<IHostedService>().OfType<SendingCheck>())
            await service.StartAsync(TestContext.Current.CancellationToken);
    }

    ILogger ILoggerProvider.CreateLogger(string categoryName) => this;

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        lines.Add(formatter(state, exception));

    void IDisposable.Dispose()
    {
    }

    private sealed class Own : IEmailDispatcher
    {
        public EmailDelivery Delivery => EmailDelivery.OnMyBehalf;

        public Task<DispatchResult> DispatchAsync(EmailMessage message, CancellationToken cancellationToken) =>
            Task.FromResult<DispatchResult>(new DispatchResult.Accepted("250 ok"));
    }
}
