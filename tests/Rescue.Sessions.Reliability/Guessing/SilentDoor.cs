using Rescue.Sessions.Reliability.Nodes;
using Rescue.Sessions.Reliability.Nodes.Weaknesses;

namespace Rescue.Sessions.Reliability.Guessing;

/// <summary>R2: at neither door does the answer to a wrong PIN tell, by its bytes or its time, whether the PIN was ever good.</summary>
internal sealed class SilentDoor : IFigure
{
    private const int ControlCount = 3_000;

    // Statements are prepared, and code is compiled for good.
    private const int WarmUp = 500;

    private static readonly IReadOnlyList<Func<NodeDatabase>> Stores = [() => new NoDatabase(), .. NodeDatabase.Engines];

    public string Name => "r2";

    public string Promise => "unknown, expired, used, ended, revoked and malformed PINs, interleaved, at both doors and on every store: identical bytes, timing AUC 0.50 +/- 0.02";

    public int FullCount => 100_000;

    public async Task<bool> RunAsync(RunArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        var holds = true;
        foreach (var store in Stores)
        {
            using var database = store();
            // In memory a search for a former PIN takes nanoseconds, which no door tells.
            if (database is not NoDatabase)
            {
                var control = await TryAsync(
                    database, Weakness.FormerPins, arguments with { Count = Math.Min(ControlCount, arguments.Count) }, cancellationToken);
                Write(output, $"control: {database.Name}, former PINs are found too", control);
                if (holds && !control.Any(door => door.TellFormerPins))
                    throw new VoidRunException("no door told former PINs without the defence, so the attack is too weak to see anything.");
            }

            var doors = await TryAsync(database, Weakness.None, arguments, cancellationToken);
            Write(output, database.Name, doors);
            holds &= doors.All(door => door is { AreSame: true, TellNothing: true });
        }

        return holds;
    }

    private static async Task<AnswerTimes[]> TryAsync(NodeDatabase database, Weakness weakness, RunArguments arguments, CancellationToken cancellationToken)
    {
        var settings = new NodeSettings { Database = database.ConnectionString, Weakness = weakness, Validity = DeadPins.Validity, HasGuessBudget = false };
        using var node = await NodeProcess.StartAsync(settings, TimeSpan.Zero, cancellationToken);
        using var client = new HttpClient { BaseAddress = node.Address };
        var random = arguments.RandomOf(arguments.First);
        var pins = await DeadPins.MakeAsync(node, random, cancellationToken);
        await RunAsync(client, pins, random, WarmUp, cancellationToken);
        return await RunAsync(client, pins, random, arguments.Count, cancellationToken);
    }

    // The doors side by side, at each one attempt after the other, in an order that is drawn anew each time: so whatever slows the machine meets all kinds alike.
    private static Task<AnswerTimes[]> RunAsync(
        HttpClient client, Dictionary<PinKind, string[]> pins, Random random, int count, CancellationToken cancellationToken) =>
        Task.WhenAll(PinDoor.All.Select(door => RunAsync(door, client, pins, new Random(random.Next()), count, cancellationToken)));

    private static async Task<AnswerTimes> RunAsync(
        PinDoor door, HttpClient client, Dictionary<PinKind, string[]> pins, Random random, int count, CancellationToken cancellationToken)
    {
        var times = new AnswerTimes();
        var kinds = Enum.GetValues<PinKind>();
        for (var i = 0; i < count; i++)
        {
            random.Shuffle(kinds);
            foreach (var kind in kinds)
            {
                var (answer, ticks) = await door.TryAsync(client, random.GetItems(pins[kind], 1)[0], cancellationToken);
                times.Add(kind, answer, ticks);
            }
        }

        return times;
    }

    private static void Write(TextWriter output, string what, AnswerTimes[] doors)
    {
        foreach (var (door, times) in PinDoor.All.Zip(doors))
            output.WriteLine($"{what}, /{door.Path}: {times}");
    }
}
