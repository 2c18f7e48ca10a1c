using System.Globalization;
using System.Xml.Linq;

namespace Rescue.Sessions.Benchmarks.Table;

/// <summary>One bar for each figure: how much of what its target allows is used. Bars that end before the line hold.</summary>
internal static class ShareChart
{
    private const int Names = 250;
    private const int Bars = 400;
    private const int RowHeight = 22;
    private const int Top = 34;

    /// <summary>How many times the target the chart has room for; a bar that is longer is cut, and its number still says how long it is.</summary>
    private const double Widest = 1.6;

    private const string Style =
        """
        text { font: 12px system-ui, sans-serif; fill: #1f2328; }
        .bar { fill: #2c6e9e; }
        .missed { fill: #b3461e; }
        .target { stroke: #1f2328; stroke-dasharray: 3 3; }
        @media (prefers-color-scheme: dark) { text { fill: #e6edf3; } .bar { fill: #5aa3d6; } .missed { fill: #e8875c; } .target { stroke: #e6edf3; } }
        """;

    public static string Draw(IReadOnlyList<MeasuredFigure> figures)
    {
        (string Name, double Share)[] rows =
        [
            .. from figure in figures
               where figure.IsComplete && figure.Verdicts.Count > 0
               // The worst of a figure is what it promises.
               select ($"{figure.Name.ToUpperInvariant()} {figure.Title}", figure.Verdicts.Max(verdict => verdict.Share)),
        ];
        XNamespace svg = "http://www.w3.org/2000/svg";
        var height = Top + rows.Length * RowHeight + 8;
        var drawing = new XElement(
            svg + "svg",
            new XAttribute("viewBox", $"0 0 {Names + Bars + 60} {height}"),
            new XAttribute("role", "img"),
            new XElement(svg + "title", "How much of what its target allows each performance figure uses"),
            new XElement(svg + "style", Style),
            new XElement(svg + "text", At("x", Place(1)), At("y", 16), new XAttribute("text-anchor", "middle"), "target"),
            new XElement(svg + "line", new XAttribute("class", "target"), At("x1", Place(1)), At("x2", Place(1)), At("y1", 22), At("y2", height - 4)));
        for (var row = 0; row < rows.Length; row++)
        {
            var (name, share) = rows[row];
            var y = Top + row * RowHeight;
            var end = Place(Math.Min(share, Widest));
            drawing.Add(
                new XElement(svg + "text", At("x", Names - 8), At("y", y + 12), new XAttribute("text-anchor", "end"), name),
                new XElement(
                    svg + "rect", new XAttribute("class", share <= 1 ? "bar" : "missed"), At("x", Names), At("y", y), At("width", end - Names), At("height", RowHeight - 6)),
                new XElement(svg + "text", At("x", end + 6), At("y", y + 12), share.ToString("P0", CultureInfo.InvariantCulture)));
        }

        return drawing + "\n";
    }

    private static double Place(double share) => Names + share / Widest * Bars;

    private static XAttribute At(string name, double value) => new(name, value.ToString("0.#", CultureInfo.InvariantCulture));
}
