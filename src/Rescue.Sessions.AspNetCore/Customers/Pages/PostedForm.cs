using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Rescue.Sessions.AspNetCore.Customers.Pages;

/// <summary>The short fields that a customer's page has posted.</summary>
internal static class PostedForm
{
    /// <summary>The fields by name; null where the request has no such form.</summary>
    /// <param name="context">The request.</param>
    /// <param name="longest">The most bytes of one field, as they are sent.</param>
    public static async Task<Dictionary<string, StringValues>?> ReadAsync(HttpContext context, int longest)
    {
        // Our pages post a few short fields. The framework's own reader takes files and megabytes from anybody, so it is not used.
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type)
            || !type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var reader = new FormPipeReader(context.Request.BodyReader) { ValueCountLimit = 8, KeyLengthLimit = 64, ValueLengthLimit = longest };
        try
        {
            return await reader.ReadFormAsync(context.RequestAborted).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is InvalidDataException or BadHttpRequestException)
        {
            return null;
        }
    }
}
