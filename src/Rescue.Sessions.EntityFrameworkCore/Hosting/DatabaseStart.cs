using Microsoft.Extensions.Hosting;
using Rescue.Sessions.EntityFrameworkCore.Databases;
using Rescue.Sessions.EntityFrameworkCore.Sessions;
using Rescue.Sessions.EntityFrameworkCore.Time;

namespace Rescue.Sessions.EntityFrameworkCore.Hosting;

/// <summary>Has the schema, the time and what earlier rows lack ready before anything else of the host starts.</summary>
internal sealed class DatabaseStart(SchemaUpgrade? upgrade, NormalFormUpgrade forms, SightUpgrade sights, DatabaseClock? clock) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (upgrade is not null)
            await upgrade.RunAsync(cancellationToken).ConfigureAwait(false);
        if (clock is not null)
            await clock.MeasureAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await forms.RunAsync(cancellationToken).ConfigureAwait(false);
        await sights.RunAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
