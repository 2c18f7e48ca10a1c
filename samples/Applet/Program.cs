using System.Text;
using Rescue.Sessions.Applet;
using RescueApplet;
using RescueApplet.Languages;
using RescueApplet.Sessions;
using RescueApplet.Windows;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
Language.Use(Language.OfThisMachine());

using var stop = new StopSignals();
var terminal = new Terminal(Console.In, Console.Out, Console.IsOutputRedirected ? null : () => Console.WindowWidth);
try
{
    using var http = new HttpClient(SupportApplet.CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan };
    var program = new AppletProgram(new SupportApplet(http), terminal, AppContext.BaseDirectory, TimeProvider.System);
    return (int)await program.RunAsync(args, stop.Token);
}
catch (Exception unexpected)
{
    // The reader is a customer, not a developer; who collects the error output gets the whole story.
    terminal.Say(Texts.Unexpected);
    if (Console.IsErrorRedirected)
        Console.Error.WriteLine(unexpected);
    return (int)ExitCode.Unexpected;
}
finally
{
    // Whoever reads the last words has nothing left to leave.
    stop.Dispose();
    if (!stop.Token.IsCancellationRequested && OwnWindow.ClosesWithTheProgram())
    {
        terminal.Say(Texts.PressKey);
        Console.ReadKey(intercept: true);
    }
}
