using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace HelpDesk.Pages;

internal static class FormExtensions
{
    private const string UrlEncoded = "application/x-www-form-urlencoded";

    /// <summary>The form that was posted; an empty one when the body is no such form, so that a missing field has one answer. Files are not taken.</summary>
    /// <param name="request">The request.</param>
    /// <param name="limit">The most bytes of the body; a longer one is 413.</param>
    public static async Task<IFormCollection> ReadFormOrEmptyAsync(this HttpRequest request, int limit = 4096)
    {
        if (!IsForm(request.ContentType))
            return FormCollection.Empty;
        if (request.ContentLength > limit)
            throw new BadHttpRequestException("The form is too long.", StatusCodes.Status413PayloadTooLarge);
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } body)
            body.MaxRequestBodySize = limit;
        try
        {
            return await request.ReadFormAsync(request.HttpContext.RequestAborted);
        }
        catch (InvalidDataException)
        {
            // Too many fields: a form of ours has three.
            return FormCollection.Empty;
        }
    }

    // The framework's reader breaks at encodings that the runtime has put away, such as UTF-7; browsers write ours in UTF-8.
    private static bool IsForm(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType.Equals(UrlEncoded, StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));
}
