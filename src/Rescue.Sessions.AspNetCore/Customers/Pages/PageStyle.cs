using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Rescue.Sessions.AspNetCore.Html;

namespace Rescue.Sessions.AspNetCore.Customers.Pages;

/// <summary>A style sheet that stands in pages, without what only its readers need, and named in their policy. Immutable.</summary>
internal sealed partial class PageStyle
{
    private PageStyle(string name)
    {
        using var stream = typeof(PageStyle).Assembly.GetManifestResourceStream(typeof(PageStyle), name)!;
        using var reader = new StreamReader(stream);
        var style = Spaces().Replace(reader.ReadToEnd(), "$1").Replace(": ", ":", StringComparison.Ordinal).Trim();
        Element = HtmlFragment.Of($"<style>{new HtmlFragment(style)}</style>");
        Source = SourceOf(style);
    }

    /// <summary>What all pages share.</summary>
    public static PageStyle Shared { get; } = new("Shared.css");

    /// <summary>What the browser's page needs besides.</summary>
    public static PageStyle Browser { get; } = new("BrowserPage.css");

    /// <summary>What the page with the QR code needs besides.</summary>
    public static PageStyle AnotherDevice { get; } = new("AnotherDevice.css");

    /// <summary>What the page by which customers ask for help needs besides.</summary>
    public static PageStyle Request { get; } = new("RequestPage.css");

    public HtmlFragment Element { get; }

    /// <summary>What the page's policy says of it, with a blank in front.</summary>
    public string Source { get; }

    /// <summary>A style as a policy names it, with a blank in front: by its hash (CSP level 3, section 2.3.1), so that no other one is applied.</summary>
    public static string SourceOf(string style) => $" 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'";

    [GeneratedRegex(@"\s*([{};,])\s*")]
    private static partial Regex Spaces();
}
