using Rescue.Sessions.TestServers;

namespace Rescue.Sessions.Benchmarks.Mail;

/// <summary>P1: rendering, building and sending, against MailKit in the hands of somebody who knows it, and as it comes.</summary>
internal sealed class MailByHand : IFigure
{
    private const int Connections = 4;

    public string Name => "p1";

    public string Title => "sending mail, by hand";

    public string Promise => "send an email of 9 KB / a hand-written MailKit loop over 4 connections: at least 1.0 of its throughput with NoDelay, 40 times without";

    public async Task<bool> RunAsync(TextWriter output)
    {
        await using var server = await PostfixSink.StartAsync(CancellationToken.None);
        var mail = new ExampleMail();
        using var ours = new OurMail(mail, server.Port, Connections);
        return await MeasureAsync("with NoDelay", noDelay: true, 1.0) & await MeasureAsync("as it comes", noDelay: false, 40);

        async Task<bool> MeasureAsync(string name, bool noDelay, double target)
        {
            using var theirs = await MailKitLoop.ConnectAsync(mail, server.Port, Connections, noDelay);
            var run = new PairedRun(output);
            return run.AtLeast($"MailKit {name}: median ratio of throughput", 1 / await run.MeasureRatioAsync(new("ours", ours.Prepare), new("MailKit", theirs.Prepare)), target);
        }
    }
}
