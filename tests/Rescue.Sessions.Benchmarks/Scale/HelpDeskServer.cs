using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Benchmarks.Processes;
using Rescue.Sessions.Benchmarks.Stores;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Benchmarks.Scale;

/// <summary>The other end of <see cref="HelpDeskProcess"/>: a help desk with so many live sessions, in memory or in a database.</summary>
internal static class HelpDeskServer
{
    /// <summary>What it is called on the command line, followed by the number of sessions and the database, if there is one.</summary>
    public const string Name = "help-desk";

    public static async Task<int> RunAsync(string[] arguments)
    {
        var sessions = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        var database = arguments is [_, _, var text] ? text : null;
        await using var app = HostedDesk.Build(database, options =>
        {
            // None of the million ends while it is counted on.
            options.Codes.Validity = TimeSpan.FromDays(1);
            options.Timeouts.Connecting = TimeSpan.Zero;
        });
        var port = await HostedDesk.StartAsync(app);
        if (database is null)
            await SupportDesk.CreateLinksAsync(app.Services, sessions);
        else
            await FilledDatabase.FillAsync(database, (await SupportDesk.CreateLinksAsync(app.Services, 1))[0].Id, sessions);
        await Console.Out.WriteLineAsync(port.ToString(CultureInfo.InvariantCulture));

        SessionId[] before = [];
        while (await Console.In.ReadLineAsync() is { } line)
        {
            await EndAsync(app.Services, before);
            var made = await SupportDesk.CreateLinksAsync(app.Services, int.Parse(line, CultureInfo.InvariantCulture));
            before = [.. made.Select(session => session.Id)];
            foreach (var (_, link) in made)
                await Console.Out.WriteLineAsync(link.Token!.Text);
        }

        return 0;
    }

    // Those of the batch before would come on top of the live ones.
    private static async Task EndAsync(IServiceProvider services, SessionId[] sessions)
    {
        var store = services.GetRequiredService<ISessionStore>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var abort = new SessionChange { Kind = SessionEventKind.Transition, Trigger = SessionTrigger.Abort, At = now, Actor = SessionActor.Policy };
        foreach (var session in sessions)
            await store.TransitionAsync(SessionSelector.ById(session), new() { Now = now }, abort);
    }
}
