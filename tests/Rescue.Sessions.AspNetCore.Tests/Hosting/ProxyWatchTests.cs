using System.Net;
using Microsoft.Extensions.Logging;
using Rescue.Sessions.AspNetCore.Hosting;
using Rescue.Sessions.AspNetCore.Protection;

namespace Rescue.Sessions.AspNetCore.Tests.Hosting;

public sealed class ProxyWatchTests : IDisposable
{
    private readonly List<string> lines = [];
    private readonly ILoggerFactory loggers;
    private readonly ProxyWatch watch;

    public ProxyWatchTests()
    {
        loggers = LoggerFactory.Create(logging => logging.AddProvider(new Lines(lines)));
        watch = new(loggers);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("10.1.2.3")]
    [InlineData("172.31.0.9")]
    [InlineData("192.168.7.7")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("fd00::1")]
    [InlineData("100.64.0.1")]
    public void Note_OnePrivateAddressWhileOthersAreForwarded_IsSaidOnce(string address)
    {
        for (var i = 0; i < 20; i++)
            watch.Note(IPAddress.Parse(address), isForwarded: true);

        lines.Should().ContainSingle().Which.Should().Contain("UseForwardedHeaders");
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1", false)]
    [InlineData("10.0.0.1", "10.0.0.2", true)]
    [InlineData("203.0.113.5", "203.0.113.5", true)]
    [InlineData("172.32.0.1", "172.32.0.1", true)]
    public void Note_CustomersAreTold_SaysNothing(string one, string other, bool isForwarded)
    {
        for (var i = 0; i < 20; i++)
            watch.Note(IPAddress.Parse(i % 2 == 0 ? one : other), isForwarded);

        lines.Should().BeEmpty();
    }

    public void Dispose() => loggers.Dispose();

    private sealed class Lines(List<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Add(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
