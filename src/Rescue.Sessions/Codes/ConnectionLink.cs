using System.Diagnostics.CodeAnalysis;

namespace Rescue.Sessions.Codes;

/// <summary>
/// The link a customer clicks: <c>BASE/Customer/Code.aspx?i=2&amp;Code=PIN&amp;k=TOKEN</c>. Immutable.
/// </summary>
/// <remarks>
/// The token decides who may join; the PIN is in the link so that a person can read it out and type it instead.
/// A link without a token works by its PIN alone. <see cref="ToString"/> masks both.
/// </remarks>
public sealed class ConnectionLink
{
    /// <summary>The path of the landing page below the public base address.</summary>
    public const string Path = LinkText.Path;

    /// <summary>Composes a link.</summary>
    /// <param name="baseUri">The public base address of the product, absolute, http or https, without query and fragment.</param>
    /// <param name="pin">The PIN.</param>
    /// <param name="token">The token, or null for a link by PIN alone.</param>
    /// <param name="entry">The opaque parameter <c>i</c>, ASCII letters and digits, or null to leave it out.</param>
    /// <exception cref="ArgumentException"><paramref name="baseUri"/> is not such an address, or <paramref name="entry"/> not such a text.</exception>
    public ConnectionLink(Uri baseUri, PinCode pin, LinkToken? token, string? entry = null)
    {
        ArgumentNullException.ThrowIfNull(pin);
        if (entry is not null && (entry.Length == 0 || !entry.All(char.IsAsciiLetterOrDigit)))
            throw new ArgumentException("The entry must be ASCII letters and digits.", nameof(entry));
        BaseUri = RequireBase(baseUri);
        Pin = pin;
        Token = token;
        Entry = entry;
    }

    /// <summary>The public base address; it always ends in a slash.</summary>
    public Uri BaseUri { get; }

    /// <summary>The PIN.</summary>
    public PinCode Pin { get; }

    /// <summary>The token, or null in a link by PIN alone.</summary>
    public LinkToken? Token { get; }

    /// <summary>The opaque parameter <c>i</c>, or null.</summary>
    public string? Entry { get; }

    /// <summary>
    /// Reads a link that was built by <see cref="ToUri"/>, in the state in which mail and pasting deliver it: see docs/design.md for the damage that is
    /// undone. Other parameters, such as those that mail scanners add, are ignored.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out ConnectionLink? link)
    {
        link = null;
        if (LinkText.Find(text) is not { Page: { } page, Query: { Pin: { } digits } query } || (query.HasToken && query.Token is null))
            return false;
        var path = page.GetComponents(UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/');
        if (!path.EndsWith(Path, StringComparison.OrdinalIgnoreCase) || (path.Length > Path.Length && path[^(Path.Length + 1)] != '/'))
            return false;

        var token = LinkToken.TryParse(query.Token, out var read) ? read : null;
        var baseUri = new Uri(page.GetLeftPart(UriPartial.Authority) + "/" + path[..^Path.Length]);
        if (PublicBaseUri.Problem(baseUri) is not null)
            return false;
        link = new(baseUri, PinCode.Parse(digits), token, query.Entry);
        return true;
    }

    /// <summary>The whole link. A secret: whoever has it can join the session.</summary>
    public Uri ToUri()
    {
        var entry = Entry is null ? "" : $"i={Entry}&";
        var token = Token is null ? "" : $"&k={Token.Text}";
        return new Uri(BaseUri, $"{Path}?{entry}Code={Pin.Digits}{token}");
    }

    /// <summary>The link with its secrets masked.</summary>
    public override string ToString() => $"{BaseUri}{Path}?Code={Pin}{(Token is null ? "" : $"&k={Token}")}";

    private static Uri RequireBase(Uri baseUri)
    {
        ArgumentNullException.ThrowIfNull(baseUri);
        if (PublicBaseUri.Problem(baseUri) is { } problem)
            throw new ArgumentException($"The base address {problem}", nameof(baseUri));
        return PublicBaseUri.Normalize(baseUri);
    }
}
