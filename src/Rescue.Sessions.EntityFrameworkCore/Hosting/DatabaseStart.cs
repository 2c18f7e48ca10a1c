using Microsoft.Extensions.Hosting;
using Rescue.Sessions.EntityFrameworkCore.Databases;
using Rescue.Sessions.EntityFrameworkCore.Sessions;
using Rescue.Sessions.EntityFrameworkCore.Time;

namespace Rescue.Sessions.EntityFrameworkCore.Hosting;

/// <summary>Has the schema, the time and the forms of earlier rows ready before anything else of the host starts.</summary>
internal sealed class DatabaseStart(SchemaUpgrade? upgrade, NormalFormUpgrade forms, DatabaseClock? clock) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (upgrade is not null)
            await upgrade.RunAsync(cancellationToken).ConfigureAwait(false);
        if (clock is not null)
            await clock.MeasureAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task StartAsync(CancellationToken cancellationToken) => forms.RunAsync(cancellationToken);

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
