using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace Rescue.Sessions.Email.Smtp;

/// <summary>Our own dispatcher keeps the contract of every dispatcher.</summary>
public sealed class SmtpDispatcherContractTests : DispatcherContract.DispatcherContract, IAsyncDisposable
{
    private readonly SmtpSink sink = new();
    private readonly SmtpSink silent = new(new() { FaultyPhase = SmtpPhase.EndOfBody, Fault = SmtpFault.Hang });
    private readonly List<SmtpDispatcher> dispatchers = [];
    private readonly TaskCompletionSource over = new();
    private Task passing = Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var dispatcher in dispatchers)
            await dispatcher.DisposeAsync();
        over.SetResult();
        await passing;
        await sink.DisposeAsync();
        await silent.DisposeAsync();
    }

    protected override IEmailDispatcher CreateDispatcher() => Keep(new(sink.Options()));

    // Port 1 of loopback is nobody's.
    protected override IEmailDispatcher CreateUnreachable() => Keep(new(new() { Host = "127.0.0.1", Port = 1, Security = SmtpSecurity.None }));

    protected override IEmailDispatcher CreateUnanswered()
    {
        var time = new FakeTimeProvider();
        passing = PassAsync(time);
        return Keep(new(silent.Options(), time));
    }

    protected override Task<IReadOnlyList<string>?> ReceivedAsync() =>
        Task.FromResult<IReadOnlyList<string>?>([.. sink.Messages.Select(message => Encoding.ASCII.GetString(message))]);

    // No time passes before the relay has the whole message, however slow the machine is.
    private async Task PassAsync(FakeTimeProvider time)
    {
        await Task.WhenAny(silent.Faulted, over.Task);
        await time.PassUntilAsync(TimeSpan.FromSeconds(30), () => over.Task.IsCompleted);
    }

    private SmtpDispatcher Keep(SmtpDispatcher dispatcher)
    {
        dispatchers.Add(dispatcher);
        return dispatcher;
    }
}
