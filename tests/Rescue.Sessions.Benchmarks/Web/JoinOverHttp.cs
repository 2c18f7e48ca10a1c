using Microsoft.AspNetCore.Builder;
using Rescue.Sessions.Benchmarks.Processes;
using Rescue.Sessions.Benchmarks.Stores;

namespace Rescue.Sessions.Benchmarks.Web;

/// <summary>
/// P7: joins over HTTP at one server, by links each used once, against posting the same JSON to a handler that does nothing. With <c>--organizations</c> the
/// links are those of so many organisations of the options and as many of settings in turn, each used at the organisation's own host name.
/// </summary>
internal sealed class JoinOverHttp(RunArguments arguments) : IFigure
{
    /// <summary>Each join needs a session of its own, made before the batch.</summary>
    private const int MostJoins = 20_000;

    /// <summary>Until the runtime has stopped compiling, which it does beside a server that two cores are busy with.</summary>
    private const int Warming = 60;

    public string Name => "p7";

    public string Title => "joining over HTTP";

    public string Promise => "join over HTTP, in-memory store / an empty minimal-API JSON POST: at least 0.65 of its throughput";

    public async Task<bool> RunAsync(TextWriter output)
    {
        var organizations = arguments.Organizations ?? 0;
        await using var app = HostedDesk.Build(database: null, options => ManyOrganizations.Configure(options, organizations));
        app.MapPost("/empty", (EmptyRequest request) => new EmptyAnswer(request.Instance, request.Token));
        using var clients = await JoiningClients.ConnectAsync(await HostedDesk.StartAsync(app));
        await ManyOrganizations.SaveAsync(app.Services, organizations);
        var tenants = organizations == 0 ? null : ManyOrganizations.Tenants(organizations);
        var join = new Contender("join", async count =>
        {
            var made = await SupportDesk.CreateLinksAsync(app.Services, count, tenants);
            return clients.Send([.. made.Select(session => JoiningClients.Request("/applet/join", session.Link.Token!.Text, session.Link.BaseUri.Host))]);
        });
        var empty = new Contender("empty POST", count =>
            Task.FromResult(clients.Send([.. Enumerable.Repeat(JoiningClients.Request("/empty", new string('x', 22)), count)])));

        var run = new PairedRun(output) { MostOperations = MostJoins, WarmUps = Warming };
        var ratio = 1 / await run.MeasureRatioAsync(join, empty);
        return run.AtLeast("median ratio of throughput", ratio, 0.65);
    }

    private sealed record EmptyRequest(string Token, string Instance);

    private sealed record EmptyAnswer(string SessionId, string AppletKey);
}
