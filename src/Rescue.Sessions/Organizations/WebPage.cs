namespace Rescue.Sessions.Organizations;

/// <summary>The address of an organisation's web page.</summary>
internal static class WebPage
{
    /// <summary>The most characters, as it is written.</summary>
    public const int MaxLength = 256;

    // What templates print; a letter that is not ASCII becomes up to nine characters.
    private const int MostInAscii = 1024;

    /// <summary>Reads it into ASCII without quotes, so that it needs no care wherever it is printed; null when it is none.</summary>
    public static Uri? Parse(string text)
    {
        if (text.Length > MaxLength || TextRules.HasForbiddenCharacter(text) || !Uri.TryCreate(text, UriKind.Absolute, out var written)
            || written.Scheme is not ("https" or "http") || written.UserInfo.Length > 0 || written.Host.Length == 0 || AsciiHost.Of(written) is not { } host)
        {
            return null;
        }

        var ascii = new UriBuilder(written) { Host = host }.Uri.AbsoluteUri.Replace("'", "%27", StringComparison.Ordinal);
        return ascii.Length <= MostInAscii ? new Uri(ascii) : null;
    }
}
