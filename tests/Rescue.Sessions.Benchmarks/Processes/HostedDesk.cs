using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rescue.Sessions.Benchmarks.Stores;
using Rescue.Sessions.Hosting;

namespace Rescue.Sessions.Benchmarks.Processes;

/// <summary>A web application with the library in it, on a free port of loopback, at which Ada is always signed in.</summary>
internal static class HostedDesk
{
    public static readonly Technician Ada = new("ada", "Ada Lovelace") { Groups = ["support"] };

    /// <summary>Builds it.</summary>
    /// <param name="database">The connection string, of SQLite where it names a file as its data source; null for the store in memory.</param>
    /// <param name="configure">Sets what is not as with every <see cref="SupportDesk"/>.</param>
    /// <param name="add">Adds to it.</param>
    public static WebApplication Build(string? database, Action<RescueSessionsOptions>? configure = null, Action<RescueSessionsBuilder>? add = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddAuthorization();
        var sessions = builder.Services.AddRescueSessions(SupportDesk.Configure);
        if (configure is not null)
            builder.Services.Configure(configure);
        sessions.AddAspNetCore(options =>
        {
            options.Technician = _ => Ada;
            options.Streams.PerTechnician = 1000;
        });
        add?.Invoke(sessions);
        if (database is not null)
        {
            sessions.UseEntityFrameworkCore(
                options => _ = database.StartsWith("Data Source=", StringComparison.Ordinal)
                    ? options.UseSqlite(new CountingSqliteConnection(database))
                    : options.UseNpgsql(database),
                directConnections: true);
        }

        var app = builder.Build();
        app.MapRescueSessions();
        return app;
    }

    /// <summary>Starts it; its port.</summary>
    public static async Task<int> StartAsync(WebApplication app)
    {
        await app.StartAsync();
        return new Uri(app.Urls.First()).Port;
    }
}
