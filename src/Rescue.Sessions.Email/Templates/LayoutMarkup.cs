using System.Net;
using System.Text;

namespace Rescue.Sessions.Email.Templates;

/// <summary>The fixed pieces of the default HTML layout, in one language.</summary>
internal sealed class LayoutMarkup
{
    public LayoutMarkup(string language, IReadOnlyDictionary<string, string>? words)
    {
        var direction = LanguageTag.Direction(language);
        Head = Bytes($"""
            <!doctype html>
            <html lang="{language}" dir="{direction}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="supported-color-schemes" content="light dark">
            <title>
            """);
        // Mail programs drop attributes of html and body, so the column says language and direction again.
        Body = Bytes($$"""
             !important; }
            }
            </style>
            </head>
            <body class="page" style="margin:0;padding:24px 12px;background:#f3f4f6;color:#1f2328;
              font-family:system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif;font-size:16px;line-height:1.5">
            <div class="column" role="article" lang="{{language}}" dir="{{direction}}"
              style="max-width:560px;margin:0 auto;padding:24px;background:#ffffff;border-radius:8px">

            """);
        if (words is null)
            return;
        AfterButtonAccent = Bytes($"""
            ;color:#ffffff;
              font-weight:bold;text-decoration:none">{WebUtility.HtmlEncode(words["button"])}</a></p>
            <p style="margin:0 0 16px;font-size:14px;word-break:break-all"><a class="link" dir="ltr" href="
            """);
        BeforeCheck = Bytes($"""
            <p style="margin:16px 0 0;font-size:14px">{WebUtility.HtmlEncode(words["check"])}
            """);
        BeforePin = Bytes($"""
            <p style="margin:0 0 16px">{WebUtility.HtmlEncode(words["pin"])} <strong dir="ltr">
            """);
    }

    /// <summary>The bytes of all pieces together.</summary>
    public int Length => Head.Length + Style.Length + BetweenAccents.Length + Body.Length + Button.Length + AfterButtonLink.Length + (AfterButtonAccent ?? []).Length
        + (BeforePin ?? Pin).Length + (BeforeCheck ?? SmallParagraph).Length + End.Length;

    public byte[] Head { get; }

    public byte[] Body { get; }

    /// <summary>
    /// Between the colour of the button and the link in full below it; null in a language for whose button there are no words, and then there is none.
    /// </summary>
    public byte[]? AfterButtonAccent { get; }

    /// <summary>Null in a language without words for it.</summary>
    public byte[]? BeforeCheck { get; }

    /// <summary>Null in a language without words for it.</summary>
    public byte[]? BeforePin { get; }

    /// <summary>From the title to the colour of the button in the dark.</summary>
    public static ReadOnlySpan<byte> Style =>
        """
        </title>
        <style>
        :root { color-scheme: light dark; }
        @media (prefers-color-scheme: dark) {
          .page { background: #121417 !important; color: #e8eaed !important; }
          .column { background: #1e2125 !important; }
          .button { color: #0a1626 !important; background:
        """u8;

    /// <summary>From that to the colour of links in the dark.</summary>
    public static ReadOnlySpan<byte> BetweenAccents => " !important; }\n  .link { color: "u8;

    /// <summary>From the link of the button to its colour.</summary>
    public static ReadOnlySpan<byte> AfterButtonLink => "\" style=\"display:inline-block;padding:14px 28px;border-radius:6px;background:"u8;

    public static ReadOnlySpan<byte> SmallParagraph => "<p style=\"margin:16px 0 0;font-size:14px\">"u8;

    public static ReadOnlySpan<byte> Paragraph => "<p style=\"margin:0 0 16px\">"u8;

    public static ReadOnlySpan<byte> EndOfParagraph => "</p>\n"u8;

    public static ReadOnlySpan<byte> LineBreak => "<br>\n"u8;

    public static ReadOnlySpan<byte> Button => "<p style=\"margin:24px 0\"><a class=\"button\" href=\""u8;

    /// <summary>A link reads from left to right whatever surrounds it, and so does a PIN.</summary>
    public static ReadOnlySpan<byte> Link => "<a class=\"link\" dir=\"ltr\" href=\""u8;

    public static ReadOnlySpan<byte> AfterLink => "\" style=\"color:"u8;

    public static ReadOnlySpan<byte> AfterLinkAccent => "\">"u8;

    public static ReadOnlySpan<byte> EndOfLink => "</a>"u8;

    public static ReadOnlySpan<byte> Pin => "<p style=\"margin:0 0 16px;font-size:24px;letter-spacing:4px\"><strong dir=\"ltr\">"u8;

    public static ReadOnlySpan<byte> EndOfStrong => "</strong>"u8;

    public static ReadOnlySpan<byte> End => "</div>\n</body>\n</html>\n"u8;

    private static byte[] Bytes(string markup) => Encoding.UTF8.GetBytes(markup);
}
