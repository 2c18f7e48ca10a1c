using Microsoft.Playwright;

namespace Rescue.Sessions.Browser.Tests.Components;

/// <summary>An empty page of another product, under the strictest policy, that uses the elements with one module and one line.</summary>
internal sealed class ForeignPage(IPage page)
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
        "require-trusted-types-for 'script'; trusted-types rescue-sessions";

    private readonly List<string> complaints = [];

    /// <summary>What the browser refused or an error of a script, since the page was opened.</summary>
    public IReadOnlyList<string> Complaints => complaints;

    public async Task OpenAsync(string elements, string language = "en")
    {
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                complaints.Add(message.Text);
        };
        page.PageError += (_, error) => complaints.Add(error);
        await page.RouteAsync("**/foreign", route => route.FulfillAsync(new()
        {
            ContentType = "text/html; charset=utf-8",
            Headers = new Dictionary<string, string> { ["Content-Security-Policy"] = Policy },
            Body = $"""
                <!doctype html>
                <html lang="{language}">
                <meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Other product</title>
                <script type="module" src="/_content/Rescue.Sessions.Components/rescue-sessions.js"></script>
                {elements}
                """,
        }));
        await page.GotoAsync("/foreign");
    }
}
