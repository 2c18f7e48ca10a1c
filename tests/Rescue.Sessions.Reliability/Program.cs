using Rescue.Sessions.Reliability;
using Rescue.Sessions.Reliability.Clocks;
using Rescue.Sessions.Reliability.Delivery;
using Rescue.Sessions.Reliability.Guessing;
using Rescue.Sessions.Reliability.Hooks;
using Rescue.Sessions.Reliability.Joining;
using Rescue.Sessions.Reliability.Load;
using Rescue.Sessions.Reliability.Nodes;
using Rescue.Sessions.Reliability.Races;
using Rescue.Sessions.Reliability.Starting;
using Rescue.Sessions.Reliability.Templates;

// What a figure attacks runs in processes of its own, which are this program again.
if (args is [Node.Command, .. var settings])
{
    await Node.RunAsync(settings);
    return 0;
}

// A figure is one line here and one folder beside this file.
IFigure[] figures =
[
    new SilentDoor(),
    new OneJoiner(),
    new HostileTemplates(),
    new NothingLost(),
    new OneStarter(),
    new AllRaces(),
    new OneTime(),
    new MixedLoad(),
    new ToldOnce(),
];

if (args.Length == 0 || figures.FirstOrDefault(figure => figure.Name.Equals(args[0], StringComparison.OrdinalIgnoreCase)) is not { } chosen)
{
    foreach (var figure in figures)
        Console.WriteLine($"{figure.Name,-4} {figure.Promise}");
    Console.WriteLine("Name one of them; --seed, --first and --count change the run.");
    return args.Length == 0 ? 0 : 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

try
{
    var arguments = RunArguments.Parse(args.AsSpan(1), chosen.FullCount);
    Console.WriteLine($"{chosen.Name}: {chosen.Promise}");
    Console.WriteLine($"seed {arguments.Seed}, attacks {arguments.First} to {arguments.First + arguments.Count - 1L}");
    var holds = await chosen.RunAsync(arguments, Console.Out, stop.Token);
    Console.WriteLine(holds ? "HOLDS" : "DOES NOT HOLD");
    return holds ? 0 : 1;
}
catch (VoidRunException nothing)
{
    Console.WriteLine($"VOID: {nothing.Message}");
    return 3;
}
catch (FormatException mistake)
{
    Console.Error.WriteLine(mistake.Message);
    return 2;
}
