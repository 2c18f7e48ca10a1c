using System.Diagnostics;
using System.Globalization;
using Rescue.Sessions.Reliability.Nodes;
using Rescue.Sessions.StoreContract;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Reliability.Starting.Histories;

/// <summary>Generated histories, each of some steps at once on one session.</summary>
internal sealed class HistoryRun(RunArguments arguments)
{
    private const int LeastSteps = 2;
    private const int MostSteps = 12;

    // A store in memory keeps all it was given.
    private const int HistoriesPerStore = 1_000;

    private readonly StoredSession initial = NewSession().Session;
    private readonly long began = Stopwatch.GetTimestamp();

    private int histories;
    private long steps;
    private long applied;

    /// <summary>Histories whose answers fit no order.</summary>
    public int Broken { get; private set; }

    /// <summary>A session as every history begins with one.</summary>
    public static SessionCreation NewSession() => new Draft { At = HistoryStep.Morning }.Build();

    /// <summary>Runs histories on stores in this process.</summary>
    public static async Task<HistoryRun> InMemoryAsync(RunArguments arguments, Func<ISessionStore> open, CancellationToken cancellationToken)
    {
        var run = new HistoryRun(arguments);
        foreach (var numbers in Enumerable.Range(arguments.First, arguments.Count).Chunk(HistoriesPerStore))
        {
            var store = open();
            foreach (var number in numbers)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var creation = NewSession();
                await store.CreateAsync(creation, cancellationToken);
                var id = SessionSelector.ById(creation.Session.Session.Id);
                await run.AddAsync(number, async step =>
                {
                    var (guard, change) = step.Build();
                    return StepAnswer.Of(await store.TransitionAsync(id, guard, change, cancellationToken));
                });
            }
        }

        return run;
    }

    /// <summary>Runs histories over the nodes of a cluster.</summary>
    public static async Task<HistoryRun> OverNodesAsync(RunArguments arguments, Cluster cluster, CancellationToken cancellationToken)
    {
        var run = new HistoryRun(arguments);
        for (var number = arguments.First; number - arguments.First < arguments.Count; number++)
        {
            var first = number;
            var id = (await cluster[first].PostAsync(HistoryEndpoints.Path, new { }, cancellationToken: cancellationToken)).Require().Text("id");
            await run.AddAsync(number, async step =>
            {
                var answer = (await cluster[first + step.Number].PostAsync($"{HistoryEndpoints.Path}/{id}", step, cancellationToken: cancellationToken)).Require();
                return new(answer.Body.GetProperty("applied").GetBoolean(), answer.Body.GetProperty("version").GetInt64(), answer.Text("picture")!);
            });
        }

        return run;
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{histories - Broken:N0}/{histories:N0} histories linearizable ({steps:N0} steps, {applied:N0} applied); {Stopwatch.GetElapsedTime(began).TotalSeconds:N0} s");

    private async Task AddAsync(int number, Func<HistoryStep, Task<StepAnswer>> ask)
    {
        var random = arguments.RandomOf(number);
        var drawn = Enumerable.Range(0, random.Next(LeastSteps, MostSteps + 1)).Select(i => HistoryStep.Draw(random, i)).ToArray();
        var runs = await Task.WhenAll(drawn.Select(step => Task.Run(async () =>
        {
            var asked = Stopwatch.GetTimestamp();
            var answer = await ask(step);
            return new StepRun(step, answer, asked, Stopwatch.GetTimestamp());
        })));
        histories++;
        steps += runs.Length;
        applied += runs.Count(run => run.Answer.Applied);
        if (!Linearizability.Holds(initial, runs))
            Broken++;
    }
}
