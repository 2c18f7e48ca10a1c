using Rescue.Sessions.Reliability.Nodes;
using Rescue.Sessions.Reliability.Nodes.Weaknesses;

namespace Rescue.Sessions.Reliability.Races;

/// <summary>Many racers, all at once and spread over the nodes, for each of many things; on every engine, after a control that reads, checks and writes in two steps.</summary>
internal abstract class RaceFigure : IFigure
{
    private const int ControlContests = 20;
    private const int Batch = 200;
    private const int MadeAtOnce = 8;

    public abstract string Name { get; }

    public abstract string Promise { get; }

    public abstract int FullCount { get; }

    protected abstract int Racers { get; }

    public Task<bool> RunAsync(RunArguments arguments, TextWriter output, CancellationToken cancellationToken) => RunAsync([this], arguments, output, cancellationToken);

    /// <summary>Runs several figures, one after the other, at the same nodes.</summary>
    public static async Task<bool> RunAsync(IReadOnlyList<RaceFigure> figures, RunArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        var holds = true;
        foreach (var figure in figures)
            holds &= await figure.BeginAsync(arguments, output, cancellationToken);
        foreach (var engine in NodeDatabase.Engines)
        {
            using var database = engine();
            using (var weakened = await Cluster.StartAsync(database, new() { Weakness = Weakness.LoadThenSave }, [], cancellationToken))
            {
                foreach (var figure in figures)
                {
                    var control = await figure.RaceAsync(weakened, arguments with { First = 0, Count = Math.Min(ControlContests, arguments.Count) }, cancellationToken);
                    output.WriteLine($"control: {database.Name}, {figure.Racers} racers each, read, check and write in two steps: {control}");
                    if (holds && control.WithSeveralWinners == 0)
                        throw new VoidRunException("nobody won twice without the defence, so the attack is too weak to see anything.");
                }
            }

            using var cluster = await Cluster.StartAsync(database, new(), [], cancellationToken);
            foreach (var figure in figures)
            {
                var tally = await figure.RaceAsync(cluster, arguments, cancellationToken);
                output.WriteLine($"{database.Name}, {Cluster.Size} processes, {figure.Racers} racers each: {tally}");
                holds &= tally.IsClean & await figure.GoOnAsync(database, cluster, arguments, output, cancellationToken);
            }
        }

        return holds;
    }

    /// <summary>What is tried before, without any node.</summary>
    protected virtual Task<bool> BeginAsync(RunArguments arguments, TextWriter output, CancellationToken cancellationToken) => Task.FromResult(true);

    /// <summary>What else is tried at the same nodes, after the races.</summary>
    protected virtual Task<bool> GoOnAsync(
        NodeDatabase database, Cluster cluster, RunArguments arguments, TextWriter output, CancellationToken cancellationToken) => Task.FromResult(true);

    /// <summary>Makes one thing to race for.</summary>
    /// <param name="cluster">The nodes.</param>
    /// <param name="number">The number of the contest.</param>
    /// <param name="random">Decides who races through which node.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    protected abstract Task<IContest> PrepareAsync(Cluster cluster, int number, Random random, CancellationToken cancellationToken);

    private async Task<RaceTally> RaceAsync(Cluster cluster, RunArguments arguments, CancellationToken cancellationToken)
    {
        var tally = new RaceTally();
        foreach (var numbers in Enumerable.Range(arguments.First, arguments.Count).Chunk(Batch))
        {
            var contests = new IContest[numbers.Length];
            await Parallel.ForAsync(0, numbers.Length, new ParallelOptions { MaxDegreeOfParallelism = MadeAtOnce, CancellationToken = cancellationToken }, async (i, token) =>
                contests[i] = await PrepareAsync(cluster, numbers[i], arguments.RandomOf(numbers[i]), token));
            foreach (var contest in contests)
            {
                var finishes = await RaceAsync(contest, cancellationToken);
                tally.Add(finishes, await IsConfirmedAsync(contest, finishes, cancellationToken));
            }
        }

        return tally;
    }

    private async Task<Finish[]> RaceAsync(IContest contest, CancellationToken cancellationToken)
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var racers = Enumerable.Range(0, Racers).Select(async racer =>
        {
            await start.Task;
            return await contest.RunAsync(racer, cancellationToken);
        }).ToArray();
        start.SetResult();
        return await Task.WhenAll(racers);
    }

    private static async Task<bool> IsConfirmedAsync(IContest contest, Finish[] finishes, CancellationToken cancellationToken) =>
        finishes.Where(finish => finish.HasWon).ToArray() is [var winner] && await contest.BelongsToAsync(winner, cancellationToken);
}
