using System.Security.Claims;
using Microsoft.Extensions.Options;

namespace HelpDesk.SignIn;

/// <summary>Who may sign in, as the settings say now: a cookie is good for days, and its technician may have gone since.</summary>
internal sealed class TechnicianAccounts(IOptionsMonitor<List<TechnicianAccount>> settings)
{
    public TechnicianAccount? Find(string? id) => settings.CurrentValue.SingleOrDefault(account => account.Id == id);

    /// <summary>Whose a sign-in is; null for nobody's.</summary>
    public TechnicianAccount? Find(ClaimsPrincipal? user) => Find(user?.FindFirstValue(ClaimTypes.NameIdentifier));
}
