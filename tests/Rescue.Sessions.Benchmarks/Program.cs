using Rescue.Sessions.Benchmarks;
using Rescue.Sessions.Benchmarks.Crowds;
using Rescue.Sessions.Benchmarks.Durable;
using Rescue.Sessions.Benchmarks.Lifecycle;
using Rescue.Sessions.Benchmarks.Mail;
using Rescue.Sessions.Benchmarks.Native;
using Rescue.Sessions.Benchmarks.Scale;
using Rescue.Sessions.Benchmarks.Stores;
using Rescue.Sessions.Benchmarks.Table;
using Rescue.Sessions.Benchmarks.Templates;
using Rescue.Sessions.Benchmarks.Web;

// What a figure measures from outside is this program again.
if (args is [HelpDeskServer.Name, ..])
    return await HelpDeskServer.RunAsync(args);
if (args is [CrowdServer.Name, ..])
    return await CrowdServer.RunAsync(args);
if (args is [MailingServer.Name, ..])
    return await MailingServer.RunAsync(args);
if (args is [SocketWriter.Name, ..])
    return await SocketWriter.RunAsync(args);

RunArguments arguments;
try
{
    arguments = args is [WholeTable.Name, ..] ? new() : RunArguments.Parse(args.AsSpan(Math.Min(1, args.Length)));
}
catch (FormatException mistake)
{
    Console.Error.WriteLine(mistake.Message);
    return 2;
}

// A figure is one line here and one file in the folder of its concept.
IFigure[] figures =
[
    new MailByHand(),
    new MailInC(),
    new TemplateRendering(),
    new TemplateChecking(),
    new SessionCreations(),
    new SessionJoins(),
    new JoinOverHttp(arguments),
    new SessionTransitions(),
    new JoinAtScale(),
    new FlatCost(arguments),
    new MemoryPerSession(),
    new NativeStart(),
    new StreamCost(arguments),
    new ListenerCost(arguments),
    new CreatedAndMailed(),
    new HeartbeatCost(arguments),
    new LongBacklog(arguments),
    new ClosingStreams(arguments),
];

if (args is [WholeTable.Name] or [WholeTable.Name, "--chart", _])
    return await WholeTable.MeasureAsync(figures, args.ElementAtOrDefault(2), Console.Out) ? 0 : 1;

if (args.Length == 0 || figures.FirstOrDefault(figure => figure.Name.Equals(args[0], StringComparison.OrdinalIgnoreCase)) is not { } chosen)
{
    foreach (var figure in figures)
        Console.WriteLine($"{figure.Name,-7} {figure.Promise}");
    Console.WriteLine($"{WholeTable.Name,-7} every one of them, and their table; --chart FILE draws it as SVG");
    return args.Length == 0 ? 0 : 2;
}

#if DEBUG
Console.Error.WriteLine("This is a debug build, which says nothing about speed: add -c Release.");
return 2;
#else
Console.WriteLine($"{chosen.Name}: {chosen.Promise}");
return await chosen.RunAsync(Console.Out) ? 0 : 1;
#endif
