using System.Diagnostics;
using System.Globalization;
using Rescue.Sessions.TestServers;

namespace Rescue.Sessions.Benchmarks.Mail;

/// <summary>P2: rendering, building and sending, against a generator of load in C that sends the same bytes again and again.</summary>
internal sealed class MailInC : IFigure
{
    private const string Program = "/usr/sbin/smtp-source";
    private const int Connections = 8;

    /// <summary>One operation: so many that the start of a process is little beside them.</summary>
    private const int Messages = 1_000;

    public string Name => "p2";

    public string Title => "sending mail, in C";

    public string Promise => "send an email of 9 KB over 8 connections / smtp-source -d -s 8 -l 9000: at least 0.5 of its throughput";

    public async Task<bool> RunAsync(TextWriter output)
    {
        await using var server = await PostfixSink.StartAsync(CancellationToken.None);
        using var ours = new OurMail(new(), server.Port, Connections);
        var theirs = new Contender($"smtp-source, {Messages:N0} messages", count => Task.FromResult(() => SendAsync(server.Port, count * Messages)));
        var run = new PairedRun(output) { BatchTime = TimeSpan.FromSeconds(1), WarmUps = 8 };
        var ratio = await run.MeasureRatioAsync(new($"ours, {Messages:N0} messages", count => ours.Prepare(count * Messages)), theirs);
        await WriteCostAsync(output, server, "ours", ours.Prepare);
        await WriteCostAsync(output, server, "smtp-source", count => Task.FromResult(() => SendAsync(server.Port, count)));
        return run.AtLeast("median ratio of throughput", 1 / ratio, 0.5);
    }

    /// <summary>Where the time goes: what a message costs who sends it and the server, which one of both sides waits for.</summary>
    private static async Task WriteCostAsync(TextWriter output, PostfixSink server, string name, Func<int, Task<Func<Task>>> prepare)
    {
        const int count = 20 * Messages;
        var work = await prepare(count);
        var (sender, sink, started) = (ProcessCost.OfTree(Environment.ProcessId).Cpu, ProcessCost.Of(server.ProcessId).Cpu, Stopwatch.GetTimestamp());
        await work();
        var elapsed = Stopwatch.GetElapsedTime(started);
        sender = ProcessCost.OfTree(Environment.ProcessId).Cpu - sender;
        sink = ProcessCost.Of(server.ProcessId).Cpu - sink;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name}: {sender.TotalMicroseconds / count:N0} µs of CPU a message to send it, {sink.TotalMicroseconds / count:N0} µs to take it, {elapsed.TotalMicroseconds / count:N0} µs on the clock"));
    }

    private static async Task SendAsync(int port, int count)
    {
        using var process = Process.Start(Program, ["-d", "-s", $"{Connections}", "-l", "9000", "-m", count.ToString(CultureInfo.InvariantCulture), $"127.0.0.1:{port}"]);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"smtp-source ended with {process.ExitCode}.");
    }
}
