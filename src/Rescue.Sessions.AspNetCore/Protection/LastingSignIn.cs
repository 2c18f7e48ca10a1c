using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Rescue.Sessions.AspNetCore.Problems;

namespace Rescue.Sessions.AspNetCore.Protection;

/// <summary>
/// The sign-in behind a request that stays open. What the request was told at its beginning would hold for ever; so it is asked as if the request came again: whoever was signed out,
/// whose sign-in has expired or whom a policy of the host lets in no more is nobody. Asked by one caller at a time.
/// </summary>
internal sealed class LastingSignIn
{
    // More than one, for a table that is away for a moment says nothing of the sign-in.
    private const int MostFailures = 3;

    private readonly HttpContext context;
    private readonly Technician technician;
    private readonly AuthenticationTicket? ticket;
    private readonly RepeatableSignIns repeatable;
    private string kind;
    private string? scheme;
    private bool isAsked;
    private bool isUserKept = true;
    private int failures;
    private bool isKnown;
    private bool isFoundAgain;

    private LastingSignIn(HttpContext context, Technician technician)
    {
        this.context = context;
        this.technician = technician;
        // There is none where a middleware of the host's own has said who the user is.
        ticket = context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Ticket;
        repeatable = context.RequestServices.GetRequiredService<RepeatableSignIns>();
        kind = KindOf([]);
    }

    /// <summary>That of a request which has just come, from a technician.</summary>
    public static async ValueTask<LastingSignIn> OfAsync(HttpContext context, Technician technician)
    {
        var signIn = new LastingSignIn(context, technician);
        Task rehearsal;
        // Outside of the request's own flow, as it will be asked.
        using (ExecutionContext.SuppressFlow())
            rehearsal = Task.Run(signIn.RehearseAsync);
        await rehearsal.ConfigureAwait(false);
        return signIn;
    }

    /// <summary>Who the request's technician is now; null when it is nobody's any more.</summary>
    public async ValueTask<Technician?> FindTechnicianAsync()
    {
        if (!isKnown)
            await RehearseAsync().ConfigureAwait(false);
        return isFoundAgain
            ? await FindAgainAsync().ConfigureAwait(false)
            : await context.RequestServices.GetRequiredService<IOptions<RescueWebOptions>>().Value.TechnicianOf(context).ConfigureAwait(false);
    }

    private async ValueTask<Technician?> FindAgainAsync()
    {
        var again = new RequestAgain(context);
        await using var ending = again.ConfigureAwait(false);
        var policy = await HostPolicy.FindAsync(again.Context).ConfigureAwait(false);
        var signIn = AuthenticateResult.NoResult();
        if (isAsked)
        {
            signIn = await AuthenticateAsync(again, policy).ConfigureAwait(false);
            if (!signIn.Succeeded)
                return null;
        }

        if (isUserKept)
            again.Context.User = context.User;
        if (policy is not null && !await HostPolicy.AllowsAsync(policy, signIn, again.Context).ConfigureAwait(false))
            return null;
        return await again.Context.RequestServices.GetRequiredService<IOptions<RescueWebOptions>>().Value.TechnicianOf(again.Context).ConfigureAwait(false);
    }

    // A sign-in that is good once, or what a middleware has put into the request's services, would end the stream of somebody who is signed in; they are asked about as at the beginning. Only
    // an answer shows that: what fails is rehearsed anew the next time, or a moment's failure would keep whoever is signed out later.
    private async Task RehearseAsync()
    {
        try
        {
            if (context.RequestServices.GetService<IAuthenticationService>() is not null)
                await LearnAsync().ConfigureAwait(false);
            var found = await FindAgainAsync().ConfigureAwait(false);
            var isSame = found is not null && found.Id == technician.Id && found.Tenant == technician.Tenant;
            if (isSame)
                repeatable.Note(kind, isAsked);
            // After a failure they may have been signed out meanwhile, and where the same kind of sign-in was not good once they have been: whoever opens the stream again is asked as at
            // its beginning.
            isFoundAgain = isSame || failures > 0 || (found is null && repeatable.Has(kind));
            isKnown = true;
            if (!isFoundAgain)
                ProblemLog.Of(context).SignInNotAskedAgain(null);
        }
        catch (Exception failure)
        {
            // Of a client that has gone there is nothing to know.
            if (context.RequestAborted.IsCancellationRequested || ++failures < MostFailures)
                return;
            isKnown = true;
            ProblemLog.Of(context).SignInNotAskedAgain(failure);
        }
    }

    // Whether the sign-in can be asked again, and whether it tells all that is known of the user, shows in what it says at once.
    private async Task LearnAsync()
    {
        var again = new RequestAgain(context);
        await using var ending = again.ConfigureAwait(false);
        var schemes = again.Context.RequestServices.GetRequiredService<IAuthenticationSchemeProvider>();
        scheme = await SchemeAsync(schemes).ConfigureAwait(false);
        var policy = await HostPolicy.FindAsync(again.Context).ConfigureAwait(false);
        var names = OwnSchemes(policy) ?? [scheme ?? ""];
        kind = KindOf(names);
        foreach (var name in names)
        {
            if (await schemes.GetSchemeAsync(name).ConfigureAwait(false) is not { } one || !CanBeAsked(one.HandlerType))
                return;
        }

        var signIn = await AuthenticateAsync(again, policy).ConfigureAwait(false);
        // What fails where it was right with others has ended, though a middleware has said who the user is.
        isAsked = signIn.Succeeded || ticket is not null || (signIn.Failure is not null && repeatable.IsAsked(kind));
        // What a middleware has said of the user since, or taken from them, comes with the request alone.
        isUserKept = !isAsked || (signIn.Succeeded && !(HasAll(signIn.Principal, context.User) && HasAll(context.User, signIn.Principal)));
    }

    // By what it came with: a scheme may take tickets that are good once beside others. What the client has named in the request is no secret, what it has given is.
    private string KindOf(IEnumerable<string> schemes)
    {
        var authorization = context.Request.Headers.Authorization.ToString();
        return string.Join(
            '\n',
            [
                .. schemes,
                ticket is null ? "" : "ticket",
                authorization[..Math.Max(0, authorization.IndexOf(' ', StringComparison.Ordinal))],
                .. context.User.Identities.Select(identity => identity.AuthenticationType),
                .. context.Request.Query.Keys.Order(StringComparer.Ordinal),
            ]);
    }

    private static bool HasAll(ClaimsPrincipal one, ClaimsPrincipal other) => other.Claims.All(claim => one.HasClaim(claim.Type, claim.Value));

    // A handler may name its tickets as it likes.
    private async ValueTask<string?> SchemeAsync(IAuthenticationSchemeProvider schemes) =>
        ticket is not null && await schemes.GetSchemeAsync(ticket.AuthenticationScheme).ConfigureAwait(false) is { } own
            ? own.Name
            : (await schemes.GetDefaultAuthenticateSchemeAsync().ConfigureAwait(false))?.Name;

    private static IReadOnlyList<string>? OwnSchemes(AuthorizationPolicy? policy) => policy is { AuthenticationSchemes: { Count: > 0 } own } ? own : null;

    // One that takes part in requests, as Negotiate's does, answers where it has seen the request come. A remote sign-in does so to be returned to, and reads a cookie.
    private static bool CanBeAsked(Type handler)
    {
        if (!handler.IsAssignableTo(typeof(IAuthenticationRequestHandler)))
            return true;
        for (var type = handler; type is not null; type = type.BaseType)
        {
            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(RemoteAuthenticationHandler<>))
                return true;
        }

        return false;
    }

    private async ValueTask<AuthenticateResult> AuthenticateAsync(RequestAgain again, AuthorizationPolicy? policy)
    {
        var signIn = OwnSchemes(policy) is null
            ? await again.Context.AuthenticateAsync(scheme).ConfigureAwait(false)
            : await HostPolicy.AuthenticateAsync(policy!, again.Context).ConfigureAwait(false);
        again.SignIn.AuthenticateResult = signIn;
        again.SignIn.User = signIn.Principal;
        return signIn;
    }
}
