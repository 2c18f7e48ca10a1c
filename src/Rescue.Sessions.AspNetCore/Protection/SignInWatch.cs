using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Rescue.Sessions.AspNetCore.Protection;

/// <summary>
/// Says once why no technician is found while none ever was: a host that forgot a part of its sign-in is answered as one at which nobody has signed in.
/// Thread-safe.
/// </summary>
internal sealed class SignInWatch(ILoggerFactory loggers)
{
    private int isDecided;

    /// <summary>A technician was found: the host's sign-in works.</summary>
    public void NoteFound()
    {
        // Asked for every request, and decided once.
        if (Volatile.Read(ref isDecided) == 0)
            Volatile.Write(ref isDecided, 1);
    }

    /// <summary>No technician was found in a request.</summary>
    public async ValueTask NoteNobodyAsync(HttpContext context)
    {
        if (Volatile.Read(ref isDecided) != 0 || await FindCauseAsync(context).ConfigureAwait(false) is not { } tell || Interlocked.Exchange(ref isDecided, 1) != 0)
            return;
        tell(loggers.CreateLogger("Rescue.Sessions.AspNetCore"));
    }

    // Null where nobody may simply have signed in.
    private static async ValueTask<Action<ILogger>?> FindCauseAsync(HttpContext context)
    {
        if (context.User.Identities.Any(identity => identity.IsAuthenticated))
            return logger => logger.SignedInIsNoTechnician(string.Join(", ", context.User.Claims.Select(claim => claim.Type).Distinct()));
        if (context.RequestServices.GetService<IAuthenticationSchemeProvider>() is not { } schemes)
            return logger => logger.NoAuthentication();
        if (context.Features.Get<IAuthenticationFeature>() is null)
            return logger => logger.NoAuthenticationMiddleware();
        return await schemes.GetDefaultAuthenticateSchemeAsync().ConfigureAwait(false) is null ? logger => logger.NoDefaultScheme() : null;
    }
}
