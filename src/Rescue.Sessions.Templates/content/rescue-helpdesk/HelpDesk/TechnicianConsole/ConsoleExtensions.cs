namespace HelpDesk.TechnicianConsole;

internal static class ConsoleExtensions
{
    public static void MapConsole(this WebApplication app) => app.MapGet("/", (HttpContext context) => Page.Html("Sessions", $"""
        <form method="post" action="/signout"><p>{Page.Text(context.User.Identity!.Name)} <button>Sign out</button></p></form>
        <script type="module" src="/_content/Rescue.Sessions.Components/rescue-sessions.js"></script>
        <rescue-sessions base="/rescue" lang="en" sign-in="/signin"></rescue-sessions>
        """)).RequireAuthorization();
}
