using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Rescue.Sessions.AspNetCore.Protection;

/// <summary>What the host's authorization asks of a request: the policy of its route, or the fallback's.</summary>
internal static class HostPolicy
{
    // Set by the framework's middleware where it has looked at the route. That it is registered does not mean that the host uses it.
    private const string Looked = "__AuthorizationMiddlewareWithEndpointInvoked";

    /// <summary>The policy, as the framework's middleware puts it together; null without one.</summary>
    public static async ValueTask<AuthorizationPolicy?> FindAsync(HttpContext context)
    {
        if (!context.Items.ContainsKey(Looked) || context.GetEndpoint()?.Metadata is not { } metadata)
            return null;
        var policy = await AuthorizationPolicy.CombineAsync(
            context.RequestServices.GetRequiredService<IAuthorizationPolicyProvider>(),
            metadata.GetOrderedMetadata<IAuthorizeData>(),
            metadata.GetOrderedMetadata<AuthorizationPolicy>()).ConfigureAwait(false);
        var requirements = metadata.GetOrderedMetadata<IAuthorizationRequirementData>().SelectMany(data => data.GetRequirements()).ToArray();
        if (requirements.Length == 0)
            return policy;
        var further = new AuthorizationPolicy(requirements, []);
        return policy is null ? further : AuthorizationPolicy.Combine(policy, further);
    }

    /// <summary>Signs a request in by the policy's own schemes, of which one is enough.</summary>
    public static Task<AuthenticateResult> AuthenticateAsync(AuthorizationPolicy policy, HttpContext context) =>
        Evaluator(context).AuthenticateAsync(policy, context);

    /// <summary>Whether the policy lets the request's user in.</summary>
    public static async ValueTask<bool> AllowsAsync(AuthorizationPolicy policy, AuthenticateResult signIn, HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null
        || (await Evaluator(context).AuthorizeAsync(policy, signIn, context, context).ConfigureAwait(false)).Succeeded;

    private static IPolicyEvaluator Evaluator(HttpContext context) => context.RequestServices.GetRequiredService<IPolicyEvaluator>();
}
