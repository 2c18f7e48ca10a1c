using System.Globalization;

namespace Rescue.Sessions.Benchmarks;

/// <summary>
/// Measures two contenders side by side: batch by batch in turn, the first of a pair changing each time, so that whatever else the machine
/// does meets both. The figure is the median of the pairs' ratios.
/// </summary>
internal sealed class PairedRun(TextWriter output)
{
    /// <summary>The first batches are slow for reasons of their own and say little about the size of the next.</summary>
    private const int MostGrowth = 16;

    /// <summary>How many pairs; more where batches are short, for a disturbance then spoils a whole one.</summary>
    public int Pairs { get; init; } = 15;

    /// <summary>The batches before the first pair: enough for the runtime to have optimized fully; fewer where they are long.</summary>
    public int WarmUps { get; init; } = 20;

    /// <summary>How long a batch takes by the contenders' clocks; longer where they are coarse.</summary>
    public TimeSpan BatchTime { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The most operations of one batch; fewer where each must be prepared.</summary>
    public int MostOperations { get; init; } = int.MaxValue;

    /// <summary>How many times the time of <paramref name="theirs"/> an operation of <paramref name="ours"/> takes.</summary>
    public async Task<double> MeasureRatioAsync(Contender ours, Contender theirs)
    {
        var ourCount = await CalibrateAsync(ours);
        var theirCount = await CalibrateAsync(theirs);
        var ratios = new double[Pairs];
        for (var pair = 0; pair < Pairs; pair++)
        {
            var theirTime = pair % 2 == 1 ? await MeasureAsync(theirs, theirCount) : 0;
            var ourTime = await MeasureAsync(ours, ourCount);
            if (pair % 2 == 0)
                theirTime = await MeasureAsync(theirs, theirCount);
            ratios[pair] = ourTime / theirTime;
            Write($"pair {pair + 1}: {ours.Name} {ourTime:N1} ns, {theirs.Name} {theirTime:N1} ns, ratio {ratios[pair]:N4}");
        }

        Array.Sort(ratios);
        return ratios[Pairs / 2];
    }

    /// <summary>The bytes that one operation allocates on this thread, once it is warm.</summary>
    public static async Task<long> MeasureAllocationAsync(Contender contender)
    {
        const int operations = 1000;
        await (await contender.Prepare(operations))();
        var work = await contender.Prepare(operations);
        var before = GC.GetAllocatedBytesForCurrentThread();
        await work();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / operations;
    }

    /// <summary>Says whether a figure is at most its target.</summary>
    public bool AtMost(string figure, double value, double target) => Judge(new(figure, value, IsUpperBound: true, target));

    /// <summary>Says whether a figure is at least its target.</summary>
    public bool AtLeast(string figure, double value, double target) => Judge(new(figure, value, IsUpperBound: false, target));

    private bool Judge(Verdict verdict)
    {
        output.WriteLine(verdict);
        return verdict.Holds;
    }

    /// <summary>How many operations take the time of a batch, found while the runtime warms up.</summary>
    private async Task<int> CalibrateAsync(Contender contender)
    {
        var count = 1;
        for (var batch = 0; batch < WarmUps; batch++)
        {
            // Too few for a coarse clock take no time at all.
            var taken = Math.Max(await MeasureAsync(contender, count), 0);
            var fitting = BatchTime.TotalNanoseconds / taken;
            count = (int)Math.Clamp(fitting, 1, Math.Min((long)count * MostGrowth, MostOperations));
        }

        return count;
    }

    private static async Task<double> MeasureAsync(Contender contender, int count)
    {
        var work = await contender.Prepare(count);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var start = contender.Clock();
        await work();
        return (contender.Clock() - start).TotalNanoseconds / count;
    }

    private void Write(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
