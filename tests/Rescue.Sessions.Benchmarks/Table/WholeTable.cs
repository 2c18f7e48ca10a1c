namespace Rescue.Sessions.Benchmarks.Table;

/// <summary>Every figure, one after the other on one machine: their table in Markdown, and a chart of it.</summary>
internal static class WholeTable
{
    public const string Name = "all";

    /// <param name="figures">All that are measured.</param>
    /// <param name="chart">The file that the chart is written to, as SVG; null for none.</param>
    /// <param name="output">Where the figures and the table are written.</param>
    /// <returns>False when a target is missed or a figure has failed.</returns>
    public static async Task<bool> MeasureAsync(IEnumerable<IFigure> figures, string? chart, TextWriter output)
    {
        var measured = new List<MeasuredFigure>();
        foreach (var figure in figures)
            measured.Add(await MeasuredFigure.MeasureAsync(figure, output));

        output.WriteLine();
        output.WriteLine("| Figure | What | Measured | Target | |");
        output.WriteLine("| --- | --- | --- | --- | --- |");
        foreach (var figure in measured)
        {
            foreach (var verdict in figure.Verdicts)
            {
                output.WriteLine(FormattableString.Invariant(
                    $"| {figure.Name.ToUpperInvariant()} | {verdict.Name} | {verdict.Value:N3} | {verdict.Relation} {verdict.Target:N2} | {(verdict.Holds ? "holds" : "**does not hold**")} |"));
            }

            if (!figure.IsComplete)
                output.WriteLine($"| {figure.Name.ToUpperInvariant()} | | broke off with code {figure.ExitCode} | | **open** |");
        }

        if (chart is not null)
            await File.WriteAllTextAsync(chart, ShareChart.Draw(measured));
        return measured.TrueForAll(figure => figure.Holds);
    }
}
