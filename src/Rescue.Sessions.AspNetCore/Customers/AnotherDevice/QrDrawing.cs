using System.Collections;
using System.Globalization;
using System.Text;
using QRCoder;
using Rescue.Sessions.AspNetCore.Html;

namespace Rescue.Sessions.AspNetCore.Customers.AnotherDevice;

/// <summary>A QR code as a drawing within the page: nothing is fetched, and the page's policy stays as it is.</summary>
internal static class QrDrawing
{
    /// <summary>Draws a text, with the quiet margin that readers need.</summary>
    /// <param name="text">The text.</param>
    /// <param name="label">What it is, for those who cannot see it.</param>
    public static HtmlFragment Of(string text, string label)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var size = code.ModuleMatrix.Count.ToString(CultureInfo.InvariantCulture);
        return HtmlFragment.Of(
            $"""
            <svg class="qr" viewBox="0 0 {size} {size}" role="img" aria-label="{label}" shape-rendering="crispEdges"><path stroke="#000000" d="{Strokes(code.ModuleMatrix)}"/></svg>
            """);
    }

    // Each run of dark modules is one stroke through the middle of its row.
    private static string Strokes(List<BitArray> rows)
    {
        var strokes = new StringBuilder();
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < rows[y].Count; x++)
            {
                var start = x;
                while (x < rows[y].Count && rows[y][x])
                    x++;
                if (x > start)
                    strokes.Append(CultureInfo.InvariantCulture, $"M{start} {y}.5h{x - start}");
            }
        }

        return strokes.ToString();
    }
}
