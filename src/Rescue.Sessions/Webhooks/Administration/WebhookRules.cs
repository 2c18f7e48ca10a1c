using System.Net;
using Rescue.Sessions.Webhooks.Transport;

namespace Rescue.Sessions.Webhooks.Administration;

/// <summary>What an administrator may set.</summary>
internal static class WebhookRules
{
    public static IEnumerable<FieldProblem> Problems(WebhookChange change, WebhookOptions options)
    {
        if (UrlProblem(change.Url, options) is { } problem)
            yield return new("url", problem);
        if (change.Description is { } description)
        {
            if (TextRules.IsLongerThan(description, WebhookChange.MaxDescriptionLength))
                yield return new("description", $"The description must not be longer than {WebhookChange.MaxDescriptionLength} characters.");
            else if (TextRules.HasForbiddenCharacter(description))
                yield return new("description", "The description must not contain control characters or line breaks.");
        }

        for (var i = 0; i < change.Types.Length; i++)
        {
            if (!WebhookEventTypes.All.Contains(change.Types[i], StringComparer.Ordinal))
                yield return new($"types[{i}]", $"There is no type '{change.Types[i]}'. There are: {string.Join(", ", WebhookEventTypes.All)}.");
        }
    }

    private static string? UrlProblem(string? text, WebhookOptions options)
    {
        if (string.IsNullOrEmpty(text) || text.Length > WebhookChange.MaxUrlLength || !Uri.TryCreate(text, UriKind.Absolute, out var url))
            return $"The address must be an absolute address of at most {WebhookChange.MaxUrlLength} characters, such as https://crm.example/rescue.";
        if (url.Scheme == Uri.UriSchemeHttp && !options.AllowHttp)
            return "The address must begin with https://, unless the service's option Webhooks.AllowHttp lets receivers do without TLS.";
        if (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp)
            return "The address must begin with https://.";
        if (url.UserInfo.Length > 0)
            return "The address must hold no user name and no password: receivers know messages by their signature.";
        if (url.Fragment.Length > 0)
            return "The address must have no fragment (#), which is never sent.";
        if (AsciiHost.Of(url) is null)
            return "The address has a host name without an ASCII form. Write it as it is registered, such as https://xn--bcher-kva.example/rescue.";
        // What a name stands for is looked at when it is connected to.
        return !options.AllowPrivateAddresses && IPAddress.TryParse(url.DnsSafeHost, out var address) && !PublicAddress.Is(address)
            ? "The address must be one of the public internet, unless the service's option Webhooks.AllowPrivateAddresses lets receivers be elsewhere."
            : null;
    }
}
