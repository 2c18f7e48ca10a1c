using System.Net;

namespace HelpDesk.TechnicianConsole;

internal static class Page
{
    /// <param name="title">The page's title, as text.</param>
    /// <param name="body">The page's content, as HTML: encode what comes from outside.</param>
    /// <param name="status">The answer's status.</param>
    public static IResult Html(string title, string body, int status = StatusCodes.Status200OK) => Results.Content(
        $"""
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{Text(title)} - HelpDesk</title></head>
        <body style="font-family: system-ui; max-width: 72rem; margin: 1rem auto; padding: 0 1rem">
        <h1>{Text(title)}</h1>
        {body}
        </body>
        </html>
        """,
        "text/html; charset=utf-8",
        statusCode: status);

    public static string Text(string? text) => WebUtility.HtmlEncode(text) ?? "";
}
