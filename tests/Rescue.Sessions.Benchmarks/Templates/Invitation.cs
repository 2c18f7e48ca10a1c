namespace Rescue.Sessions.Benchmarks.Templates;

/// <summary>One invitation as administrators write them: a subject, a text and HTML with a button, in any dialect.</summary>
/// <param name="Subject">The subject.</param>
/// <param name="Text">The plain text.</param>
/// <param name="Html">The markup.</param>
internal sealed record Invitation(string Subject, string Text, string Html)
{
    private const string Cell = "font-family:Helvetica,Arial,sans-serif;font-size:16px;line-height:24px;color:#1c2733;padding:0 32px 16px 32px";
    private const string Button = "display:inline-block;padding:14px 28px;background-color:#0b5cad;color:#ffffff;text-decoration:none;border-radius:6px;font-weight:bold";
    private const string Small = "font-family:Helvetica,Arial,sans-serif;font-size:13px;line-height:20px;color:#5a6875;padding:0 32px 24px 32px";

    public static Invitation In(Dialect say) => new(SubjectIn(say), TextIn(say), HtmlIn(say));

    private static string SubjectIn(Dialect say) =>
        Or(say, say.Text, "technician.name", "Our support team") + " would like to help you"
        + say.If("session.reference") + " (" + say.Text("session.reference") + ")" + say.End;

    private static string TextIn(Dialect say) =>
        $"""
        Hello {say.Text("customer.name")},

        {Or(say, say.Text, "technician.name", "Our support team")}{say.If("organization.name")} of {say.Text("organization.name")}{say.End} would like to help you with your {say.If("device.mobile")}phone or tablet{say.Else}computer{say.End}.

        1. On the device that needs help, {say.If("device.mobile")}tap{say.Else}press{say.End} this link.
        2. Follow the steps on the page to get the small support program, and open it.
        3. That is all. We see that you are there and begin with you.

        {say.Text("link.url")}

        If the link does not work, or you are asked for a PIN, type this one:

        {say.Text("pin.code")}

        The link and the PIN work once, until {say.Text("link.expires_at")} ({say.Text("link.minutes_left")} minutes in all).

        You did not ask for help? Then please ignore this message. Nothing happens as long as you do not open the link.

        Kind regards,
        {Or(say, say.Text, "technician.name", "")}{say.If("technician.email")} ({say.Text("technician.email")}){say.End}
        {say.If("organization.name")}The support team of {say.Text("organization.name")}{say.Else}Your support team{say.End}

        """;

    private static string HtmlIn(Dialect say) =>
        $"""
        <!DOCTYPE html>
        <html lang="en" dir="ltr">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{say.Html("organization.name")}</title></head>
        <body style="margin:0;padding:0;background-color:#eef2f6">
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center" style="padding:24px">
        <table role="presentation" width="600" cellpadding="0" cellspacing="0" style="background-color:#ffffff;border-radius:8px">
        <tr><td style="{Cell};padding-top:32px">Hello {say.Html("customer.name")},</td></tr>
        <tr><td style="{Cell}">{Or(say, say.Html, "technician.name", "Our support team")}{say.If("organization.name")} of {say.Html("organization.name")}{say.End} would like to help you with your {say.If("device.mobile")}phone or tablet{say.Else}computer{say.End}.</td></tr>
        <tr><td style="{Cell}"><ol><li>On the device that needs help, {say.If("device.mobile")}tap{say.Else}press{say.End} the button.</li>
        <li>Follow the steps on the page to get the small support program, and open it.</li>
        <li>That is all. We see that you are there and begin with you.</li></ol></td></tr>
        <tr><td align="center" style="{Cell}"><a href="{say.Html("link.url")}" style="{Button}">Get help now</a></td></tr>
        <tr><td style="{Small}">The button does not work? Copy this address into your browser:<br>{say.Html("link.url")}</td></tr>
        <tr><td style="{Cell}">If you are asked for a PIN, type this one: <strong style="font-size:24px">{say.Html("pin.code")}</strong></td></tr>
        <tr><td style="{Small}">The link and the PIN work once, until {say.Html("link.expires_at")} ({say.Html("link.minutes_left")} minutes in all).</td></tr>
        <tr><td style="{Small}">You did not ask for help? Then please ignore this message. Nothing happens as long as you do not open the link.</td></tr>
        <tr><td style="{Cell}">Kind regards,<br>{Or(say, say.Html, "technician.name", "")}{say.If("technician.email")} ({say.Html("technician.email")}){say.End}<br>{say.If("organization.name")}The support team of {say.Html("organization.name")}{say.Else}Your support team{say.End}</td></tr>
        </table></td></tr></table>
        </body>
        </html>

        """;

    private static string Or(Dialect say, Func<string, string> print, string name, string otherwise) =>
        say.If(name) + print(name) + say.Else + otherwise + say.End;
}
