using Microsoft.AspNetCore.Http;
using Rescue.Sessions.Email.Templates;

namespace Rescue.Sessions.AspNetCore.Problems;

/// <summary>Tells a technician that a message cannot be written with the values of its session, so that nothing was stored or sent.</summary>
internal sealed class TemplateFailureFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context).ConfigureAwait(false);
        }
        catch (TemplateRenderException failure)
        {
            ProblemLog.Of(context.HttpContext).MessageNotWritten(failure.Message);
            return ProblemResults.Of(StatusCodes.Status422UnprocessableEntity, new()
            {
                Code = ProblemCode.MessageNotWritten,
                Title = "The message could not be written, so nothing was stored or sent.",
                Detail = $"{failure.Message} Until then, make a session by PIN alone.",
            });
        }
    }
}
