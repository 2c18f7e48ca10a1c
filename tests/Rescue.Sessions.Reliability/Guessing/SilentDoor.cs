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
                if (!control.Any(door => door.TellFormerPins))
                {
                    output.WriteLine("VOID: no door told former PINs without the defence, so the attack is too weak to see anything.");
                    return false;
                }
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

    // One after the other and in an order that is drawn anew each time, so that whatever slows the machine meets all kinds alike.
    private static async Task<AnswerTimes[]> RunAsync(
        HttpClient client, Dictionary<PinKind, string[]> pins, Random random, int count, CancellationToken cancellationToken)
    {
        var tallies = PinDoor.All.Select(_ => new AnswerTimes()).ToArray();
        var kinds = Enum.GetValues<PinKind>();
        for (var i = 0; i < count; i++)
        {
            for (var door = 0; door < tallies.Length; door++)
            {
                random.Shuffle(kinds);
                foreach (var kind in kinds)
                {
                    var (answer, ticks) = await PinDoor.All[door].TryAsync(client, random.GetItems(pins[kind], 1)[0], cancellationToken);
                    tallies[door].Add(kind, answer, ticks);
                }
            }
        }

        return tallies;
    }

    private static void Write(TextWriter output, string what, AnswerTimes[] doors)
    {
        foreach (var (door, times) in PinDoor.All.Zip(doors))
            output.WriteLine($"{what}, /{door.Path}: {times}");
    }
}
