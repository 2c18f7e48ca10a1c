using System.Net;
using System.Resources;
using System.Text;
using Rescue.Sessions.Languages;

namespace Rescue.Sessions.Email.Templates;

/// <summary>
/// The fixed pieces of the default HTML layout, in one language: tables and inline styles, which is what every mail program draws, and a style sheet for
/// what only some can, the dark and narrow screens.
/// </summary>
internal sealed class LayoutMarkup
{
    /// <summary>From the title to the colour of the button in the dark.</summary>
    public const string Style =
        """
        </title>
        <style>
        :root { color-scheme: light dark; }
        @media (max-width: 480px) {
          .text { padding: 20px 16px !important; }
          .button { padding: 14px 20px !important; }
        }
        @media (prefers-color-scheme: dark) {
          .page { background: #121417 !important; }
          .column { background: #1e2125 !important; }
          .text { color: #e8eaed !important; }
          .button { color: #0a1626 !important; }
          .face { background:
        """;

    /// <summary>From that to the colour of links in the dark.</summary>
    public const string BetweenAccents = " !important; }\n  .link { color: ";

    /// <summary>From that to the body.</summary>
    public const string AfterAccents =
        """
         !important; }
        }
        </style>
        </head>
        <body class="page" style="margin:0;padding:0;background:#f3f4f6">

        """;

    public const string SmallParagraph = "<p style=\"margin:16px 0 0;font-size:14px\">";

    public const string Paragraph = "<p style=\"margin:0 0 16px\">";

    public const string EndOfParagraph = "</p>\n";

    public const string LineBreak = "<br>\n";

    /// <summary>A cell that is coloured, which Outlook draws as well; the padding is the link's, and in Outlook the cell's. Up to its colour.</summary>
    public const string Button =
        "<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\"><tr><td class=\"face\" align=\"center\" bgcolor=\"";

    /// <summary>From that to the same colour once more.</summary>
    public const string BetweenFaces = "\" style=\"border-radius:6px;background:";

    /// <summary>From that to the link of the button.</summary>
    public const string BeforeButtonLink = ";mso-padding-alt:14px 28px\"><a class=\"button\" href=\"";

    /// <summary>A link reads from left to right whatever surrounds it, and so does a PIN.</summary>
    public const string Link = "<a class=\"link\" dir=\"ltr\" href=\"";

    public const string AfterLink = "\" style=\"color:";

    public const string AfterLinkAccent = "\">";

    public const string EndOfLink = "</a>";

    public const string Pin = "<p style=\"margin:0 0 16px;font-size:24px;letter-spacing:4px\"><strong dir=\"ltr\">";

    public const string EndOfStrong = "</strong>";

    /// <summary>Up to the link for those who did not ask for help.</summary>
    public const string Decline = "<p style=\"margin:16px 0 0;font-size:14px\"><a class=\"link\" href=\"";

    public const string End =
        """
        </td></tr></table>
        </div>
        <!--[if mso]></td></tr></table><![endif]-->
        </td></tr></table>
        </body>
        </html>

        """;

    private const string Value = "{0}";

    /// <summary>Its words in our languages.</summary>
    public static readonly Words ShippedWords = Words.Shipped(new ResourceManager("Rescue.Sessions.Email.Templates.LayoutTexts", typeof(LayoutMarkup).Assembly));

    /// <param name="language">The language of the text.</param>
    /// <param name="all">The words in every language there is; one that has none gets those of no other.</param>
    public LayoutMarkup(string language, Words all)
    {
        var words = all.FindNearest(language);
        var direction = LanguageTag.Direction(language);
        // Outlook draws with Word's engine, which takes its own measure of a pixel and its own font unless it is told.
        Head = $$"""
            <!doctype html>
            <html lang="{{language}}" dir="{{direction}}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="supported-color-schemes" content="light dark">
            <!--[if mso]><xml><o:OfficeDocumentSettings xmlns:o="urn:schemas-microsoft-com:office:office"><o:PixelsPerInch>96</o:PixelsPerInch></o:OfficeDocumentSettings></xml><style>td, p, a { font-family: Arial, sans-serif !important; }</style><![endif]-->
            <title>
            """;
        // Mail programs drop attributes of html and body, so the column says language and direction again. Outlook knows no greatest width.
        Body = $"""
            <table class="page" role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="#f3f4f6" style="background:#f3f4f6"><tr><td align="center" style="padding:24px 12px">
            <!--[if mso]><table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->
            <div role="article" lang="{language}" dir="{direction}"
              style="max-width:600px;margin:0 auto">
            <table class="column" role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="#ffffff" style="background:#ffffff;border-radius:8px"><tr><td class="text" align="{(direction == "rtl" ? "right" : "left")}"
              style="padding:24px;word-break:break-word;color:#1f2328;font-family:'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5">

            """;
        if (words is null)
            return;
        var preview = words["preview"].Split(Value, 2);
        BeforePreview = $"""<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">{WebUtility.HtmlEncode(preview[0])}""";
        AfterPreview = $"{WebUtility.HtmlEncode(preview[1])}{Filler}</div>\n";
        AfterButtonLink = $"""
            " style="display:inline-block;padding:14px 28px;color:#ffffff;font-weight:bold;text-decoration:none">{WebUtility.HtmlEncode(words["button"])}</a></td></tr></table>
            <p style="margin:24px 0 16px;font-size:14px;word-break:break-all"><a class="link" dir="ltr" href="
            """;
        var pin = words["pin"].Split(Value, 2);
        BeforeAddress = $"""<p style="margin:0 0 16px">{WebUtility.HtmlEncode(pin[0])}<span dir="ltr">""";
        AfterAddress = $"""</span>{WebUtility.HtmlEncode(pin[1])} <strong dir="ltr">""";
        BeforeCheck = $"""
            <p style="margin:16px 0 0;font-size:14px">{WebUtility.HtmlEncode(words["check"])}
            """;
        AfterDeclineAccent = $"""
            ">{WebUtility.HtmlEncode(words["decline"])}</a></p>

            """;
    }

    /// <summary>The bytes of all pieces together, in UTF-8.</summary>
    public int Length => Encoding.UTF8.GetByteCount(string.Concat(
    [
        Head, Style, BetweenAccents, AfterAccents, Body, Button, BetweenFaces, BeforeButtonLink, Decline, End,
        BeforePreview, AfterPreview, AfterButtonLink, AfterDeclineAccent, BeforeAddress ?? Pin, AfterAddress, BeforeCheck ?? SmallParagraph,
    ]));

    public string Head { get; }

    public string Body { get; }

    /// <summary>
    /// Before the time in the line that mail programs show beside the subject; null, as are the others, in a language without words, and then there is none.
    /// </summary>
    public string? BeforePreview { get; }

    public string? AfterPreview { get; }

    /// <summary>Between the link of the button and the link in full below it.</summary>
    public string? AfterButtonLink { get; }

    /// <summary>Before the address at which the PIN is typed, where the text does not say the PIN.</summary>
    public string? BeforeAddress { get; }

    /// <summary>Between that and the PIN.</summary>
    public string? AfterAddress { get; }

    public string? BeforeCheck { get; }

    /// <summary>After the colour of the link for those who did not ask for help.</summary>
    public string? AfterDeclineAccent { get; }

    /// <summary>Keeps what follows out of the preview, which goes on with the text until it is long enough.</summary>
    private static string Filler => string.Concat(Enumerable.Repeat("&#847;&zwnj;&nbsp;", 60));
}
