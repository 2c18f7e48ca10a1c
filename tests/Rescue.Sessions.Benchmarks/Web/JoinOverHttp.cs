using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rescue.Sessions.Benchmarks.Stores;

namespace Rescue.Sessions.Benchmarks.Web;

/// <summary>P7: joins over HTTP at one server, by links each used once, against posting the same JSON to a handler that does nothing.</summary>
sealed class JoinOverHttp : IFigure
{
    /// <summary>Each join needs a session of its own, made before the batch.</summary>
    private const int MostJoins = 20_000;

    public string Name => "p7";

    public string Promise => "join over HTTP, in-memory store / an empty minimal-API JSON POST: at least 0.65 of its throughput";

    public async Task<bool> RunAsync(TextWriter output)
    {
        await using var app = Build();
        await app.StartAsync();
        using var clients = await JoiningClients.ConnectAsync(new Uri(app.Urls.First()).Port);
        var join = new Contender("join", async count =>
        {
            var made = await SupportDesk.CreateLinksAsync(app.Services, count);
            return clients.Send([.. made.Select(session => JoiningClients.Request("/applet/join", session.Link.Token!.Text))]);
        });
        var empty = new Contender("empty POST", count =>
            Task.FromResult(clients.Send([.. Enumerable.Repeat(JoiningClients.Request("/empty", new string('x', 22)), count)])));

        var run = new PairedRun(output) { MostOperations = MostJoins };
        var ratio = 1 / await run.MeasureRatioAsync(join, empty);
        return run.AtLeast("median ratio of throughput", ratio, 0.65);
    }

    private static WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddAuthorization();
        builder.Services.AddRescueSessions(SupportDesk.Configure).AddAspNetCore(options => options.Technician = _ => null);
        var app = builder.Build();
        app.MapRescueSessions();
        app.MapPost("/empty", (EmptyRequest request) => new EmptyAnswer(request.Instance, request.Token));
        return app;
    }

    private sealed record EmptyRequest(string Token, string Instance);

    private sealed record EmptyAnswer(string SessionId, string AppletKey);
}
