using Microsoft.AspNetCore.Http;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.AspNetCore.Problems;

/// <summary>Answers 503 while the store has failed, so that nobody takes an outage for a wrong PIN or for a session that is not there.</summary>
/// <param name="answer">What is answered.</param>
internal sealed class StoreFailureFilter(Func<HttpContext, IResult> answer) : IEndpointFilter
{
    /// <summary>After how long a client should try again.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context).ConfigureAwait(false);
        }
        catch (SessionStoreException failure) when (!context.HttpContext.Response.HasStarted)
        {
            ProblemLog.Of(context.HttpContext).StoreFailed(failure);
            return answer(context.HttpContext);
        }
    }
}
