using System.Text;

namespace Rescue.Sessions.Email.Smtp;

/// <summary>Our own dispatcher keeps the contract of every dispatcher.</summary>
public sealed class SmtpDispatcherContractTests : DispatcherContract.DispatcherContract, IAsyncDisposable
{
    private readonly SmtpSink sink = new();
    private readonly SmtpSink silent = new(new() { FaultyPhase = SmtpPhase.EndOfBody, Fault = SmtpFault.Hang });
    private readonly List<SmtpDispatcher> dispatchers = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var dispatcher in dispatchers)
            await dispatcher.DisposeAsync();
        await sink.DisposeAsync();
        await silent.DisposeAsync();
    }

    protected override IEmailDispatcher CreateDispatcher() => Keep(new(sink.Options()));

    // Port 1 of loopback is nobody's.
    protected override IEmailDispatcher CreateUnreachable() => Keep(new(new() { Host = "127.0.0.1", Port = 1, Security = SmtpSecurity.None }));

    protected override IEmailDispatcher CreateUnanswered()
    {
        var options = silent.Options();
        options.CommandTimeout = TimeSpan.FromSeconds(1);
        return Keep(new(options));
    }

    protected override Task<IReadOnlyList<string>?> ReceivedAsync() =>
        Task.FromResult<IReadOnlyList<string>?>([.. sink.Messages.Select(message => Encoding.ASCII.GetString(message))]);

    private SmtpDispatcher Keep(SmtpDispatcher dispatcher)
    {
        dispatchers.Add(dispatcher);
        return dispatcher;
    }
}
