using System.Text;
using Rescue.Sessions.Applet;
using RescueApplet;
using RescueApplet.Languages;
using RescueApplet.Sessions;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
Language.Use(Language.OfThisMachine());

using var stop = new StopSignals();
try
{
    using var http = new HttpClient(SupportApplet.CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan };
    var program = new AppletProgram(new SupportApplet(http), new Terminal(Console.In, Console.Out), AppContext.BaseDirectory, TimeProvider.System);
    return (int)await program.RunAsync(args, stop.Token);
}
catch (Exception unexpected)
{
    // The reader is a customer, not a developer: what kind of failure it was is all that helps when they call.
    Console.WriteLine(Texts.Format(Texts.Unexpected, unexpected.GetType().Name));
    return (int)ExitCode.Unexpected;
}
finally
{
    stop.Finished();
}
