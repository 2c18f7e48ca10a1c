using System.Collections.Concurrent;
using System.Net;
using Guides.Tests.Snippets;
using Rescue.Sessions.DispatcherContract;
using Rescue.Sessions.Email;

namespace Guides.Tests;

/// <summary>The dispatcher of docs/writing-a-dispatcher.md is a true one.</summary>
public sealed class RelayDispatcherTests : DispatcherContract
{
    private readonly Relay relay = new();

    protected override IEmailDispatcher CreateDispatcher() => new RelayDispatcher(new(relay) { BaseAddress = new("https://relay.example/") });

    protected override IEmailDispatcher CreateUnreachable() => new RelayDispatcher(new(new Nowhere()) { BaseAddress = new("https://relay.example/") });

    protected override IEmailDispatcher CreateUnanswered() =>
        new RelayDispatcher(new(new Silent()) { BaseAddress = new("https://relay.example/"), Timeout = TimeSpan.FromMilliseconds(50) });

    protected override Task<IReadOnlyList<string>?> ReceivedAsync() => Task.FromResult<IReadOnlyList<string>?>([.. relay.Keys]);

    [Theory]
    [InlineData(429, typeof(DispatchResult.Deferred))]
    [InlineData(503, typeof(DispatchResult.Deferred))]
    [InlineData(500, typeof(DispatchResult.Unknown))]
    [InlineData(502, typeof(DispatchResult.Unknown))]
    [InlineData(504, typeof(DispatchResult.Unknown))]
    [InlineData(400, typeof(DispatchResult.Rejected))]
    public async Task Status_OfARelay_IsDeferredOnlyWhereNothingWasSent(int status, Type expected)
    {
        var dispatcher = new RelayDispatcher(new(new Answering((HttpStatusCode)status)) { BaseAddress = new("https://relay.example/") });

        var result = await dispatcher.DispatchAsync(Messages.New(), Cancellation);

        result.Should().BeOfType(expected);
    }

    // A repeat under one key is one message, as a relay with idempotency keys has it.
    private sealed class Relay : HttpMessageHandler
    {
        private readonly ConcurrentDictionary<string, bool> keys = new();

        public IEnumerable<string> Keys => keys.Keys;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            keys[request.Headers.GetValues("Idempotency-Key").Single()] = true;
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.Accepted));
        }
    }

    private sealed class Answering(HttpStatusCode status) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(status));
    }

    private sealed class Silent : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            new TaskCompletionSource<HttpResponseMessage>().Task.WaitAsync(cancellationToken);
    }

    private sealed class Nowhere : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new HttpRequestException(HttpRequestError.ConnectionError);
    }
}
