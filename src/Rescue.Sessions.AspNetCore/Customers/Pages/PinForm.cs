using Microsoft.AspNetCore.Http;
using Rescue.Sessions.AspNetCore.Html;

namespace Rescue.Sessions.AspNetCore.Customers.Pages;

/// <summary>The form with the one field <c>Code</c>, into which only a person types a PIN: it is never filled in beforehand.</summary>
internal static class PinForm
{
    private const int MaxBody = 4096;
    private const int LongestField = 256;

    /// <summary>Whether what was posted is too large to be looked at.</summary>
    public static bool IsTooLarge(HttpRequest request) => request.ContentLength > MaxBody;

    /// <summary>What was typed; null where the request has no such form: one that cannot be read holds no PIN.</summary>
    public static async Task<string?> ReadAsync(HttpContext context) =>
        (await PostedForm.ReadAsync(context, LongestField).ConfigureAwait(false))?.GetValueOrDefault("Code");

    /// <summary>The form.</summary>
    /// <param name="texts">The customer's language.</param>
    /// <param name="action">Where it is posted to.</param>
    /// <param name="button">The words on its button.</param>
    /// <param name="alert">What was wrong with the last attempt; null before the first.</param>
    public static HtmlFragment Of(CustomerTexts texts, string action, string button, string? alert)
    {
        var message = alert is null ? HtmlFragment.Empty : HtmlFragment.Of($"""<p class="alert" id="problem" role="alert">{alert}</p>""");
        var wrong = alert is null ? HtmlFragment.Empty : HtmlFragment.Of($""" aria-invalid="true" aria-describedby="problem" """);
        return HtmlFragment.Of(
            $"""
            {message}
            <form method="post" action="{action}">
            <label for="Code">{texts["PinLabel"]}</label>
            <input id="Code" name="Code" type="text" dir="ltr" inputmode="numeric" autocomplete="one-time-code" maxlength="64" required autofocus{wrong}>
            <button class="button" type="submit">{button}</button>
            </form>
            """);
    }
}
