using Rescue.Sessions.TestServers;

namespace Rescue.Sessions.Benchmarks.Native;

/// <summary>P11: samples/Minimal published as native code against the same with the just-in-time compiler, each until a customer's page is answered.</summary>
internal sealed class NativeStart : IFigure
{
    private const int Pairs = 15;

    public string Name => "p11";

    public string Title => "native start";

    public string Promise => "native samples/Minimal / the same with the just-in-time compiler: start-up at most 0.4, resident memory at most 0.5, no warning of ours";

    public async Task<bool> RunAsync(TextWriter output)
    {
        var folder = Directory.CreateTempSubdirectory("native-").FullName;
        try
        {
            await Publication.MakeAsync(Path.Combine(folder, "jit"), native: false);
            var native = await Publication.MakeAsync(Path.Combine(folder, "native"), native: true);
            foreach (var warning in native.Warnings)
                output.WriteLine(warning);
            var (times, memories) = (new double[Pairs], new double[Pairs]);
            for (var pair = 0; pair < Pairs; pair++)
            {
                var jitFirst = pair % 2 == 0 ? await StartAsync(folder, "jit") : default;
                var ours = await StartAsync(folder, "native");
                var jit = pair % 2 == 0 ? jitFirst : await StartAsync(folder, "jit");
                (times[pair], memories[pair]) = (ours.Time / jit.Time, (double)ours.Memory / jit.Memory);
                output.WriteLine(FormattableString.Invariant(
                    $"pair {pair + 1}: native {ours.Time.TotalMilliseconds:N0} ms, {ours.Memory >> 20} MB; jit {jit.Time.TotalMilliseconds:N0} ms, {jit.Memory >> 20} MB"));
            }

            var run = new PairedRun(output);
            var holds = run.AtMost("median ratio of start-up", Median(times), 0.4);
            holds &= run.AtMost("median ratio of resident memory", Median(memories), 0.5);
            return holds & run.AtMost("warnings of our packages", native.Warnings.Count(warning => warning.Contains("Rescue.Sessions", StringComparison.Ordinal)), 0);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(TimeSpan Time, long Memory)> StartAsync(string folder, string kind)
    {
        var start = TimeProvider.System.GetTimestamp();
        await using var server = new MinimalProcess(Path.Combine(folder, kind, "Minimal"));
        await server.AnswerAsync();
        return (TimeProvider.System.GetElapsedTime(start), ProcessCost.Of(server.Id).Memory);
    }

    private static double Median(double[] ratios)
    {
        Array.Sort(ratios);
        return ratios[Pairs / 2];
    }
}
