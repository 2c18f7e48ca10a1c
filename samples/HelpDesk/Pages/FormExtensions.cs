namespace HelpDesk.Pages;

internal static class FormExtensions
{
    /// <summary>The form that was posted; an empty one when the body is no form, so that a missing field has one answer.</summary>
    public static async Task<IFormCollection> ReadFormOrEmptyAsync(this HttpRequest request) =>
        request.HasFormContentType ? await request.ReadFormAsync(request.HttpContext.RequestAborted) : FormCollection.Empty;
}
