using Microsoft.Extensions.Hosting;

namespace Rescue.Sessions.Outbox;

/// <summary>
/// Works until the host begins to stop, and winds down beside the web server. A service that is stopped in its turn may find that those before it have taken the
/// whole of the time that there is for it.
/// </summary>
internal abstract class PumpService : BackgroundService, IHostedLifecycleService
{
    private readonly CancellationTokenSource winding = new();

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => winding.CancelAsync();

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Dispose()
    {
        base.Dispose();
        winding.Dispose();
    }

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, winding.Token);
        await RunAsync(ending.Token, stoppingToken).ConfigureAwait(false);
    }

    /// <summary>Works until it is to end, and to the end of what is begun.</summary>
    /// <param name="ending">The host begins to stop: nothing more is begun.</param>
    /// <param name="stopping">It is this service's turn: a store that is out of reach is no longer waited for.</param>
    protected abstract Task RunAsync(CancellationToken ending, CancellationToken stopping);
}
