using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Rescue.Sessions.TestServers;

namespace Rescue.Sessions.AspNetCore.Tests.Hosting;

/// <summary>A real reverse proxy in front of a host, set up as docs/hosting.md says.</summary>
internal sealed class ReverseProxy(Uri address, Func<ValueTask> stop) : IAsyncDisposable
{
    public Uri Address { get; } = address;

    public static async Task<ReverseProxy> StartAsync(string kind, int port, CancellationToken cancellationToken)
    {
        if (kind == "nginx")
        {
            var server = new NginxServer(Documented().Replace("127.0.0.1:5080", $"127.0.0.1:{port}", StringComparison.Ordinal));
            return new(new($"http://127.0.0.1:{server.Port}"), () =>
            {
                server.Dispose();
                return ValueTask.CompletedTask;
            });
        }

        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ReverseProxy:Routes:all:ClusterId"] = "support",
            ["ReverseProxy:Routes:all:Match:Path"] = "{**path}",
            ["ReverseProxy:Clusters:support:Destinations:one:Address"] = $"http://127.0.0.1:{port}/",
        });
        Recipes.AddYarp(builder);
        var app = builder.Build();
        app.MapReverseProxy();
        await app.StartAsync(cancellationToken);
        return new(new(app.Urls.Single()), app.DisposeAsync);
    }

    public ValueTask DisposeAsync() => stop();

    private static string Documented() =>
        Regex.Match(File.ReadAllText(Path.Combine(RecipeTests.Root(), "docs", "hosting.md")), "```nginx\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
}
