using Microsoft.Extensions.Hosting;

namespace Rescue.Sessions.EntityFrameworkCore.Hosting;

/// <summary>Stands for a database's work in a host that keeps its sessions in memory after all.</summary>
internal sealed class UnusedDatabase : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
