namespace HelpDesk.TechnicianConsole;

internal static class ConsoleExtensions
{
    public static void MapConsole(this WebApplication app) => app.MapGet("/", (HttpContext context) => Page.Html("Sessions", $"""
        <form method="post" action="/signout"><p>{Page.Text(context.User.Identity!.Name)} <button>Sign out</button></p></form>
        <form id="new">
          <label>Customer <input name="customerName" required maxlength="128"></label>
          <label>Email <input name="to" type="email"></label>
          <button>Email the link</button> <output id="said"></output>
        </form>
        <table><thead><tr><th>Customer<th>Status<th>Invitation<th></tr></thead><tbody id="sessions"></tbody></table>
        <script type="module" src="/console.js"></script>
        """)).RequireAuthorization();
}
