using Microsoft.AspNetCore.Http;
using Rescue.Sessions.AspNetCore.Problems;
using Rescue.Sessions.AspNetCore.Protection;
using Rescue.Sessions.Devices;
using Rescue.Sessions.Email;
using Rescue.Sessions.Email.Settings;

namespace Rescue.Sessions.AspNetCore.Settings;

/// <summary>The query parameters <c>language</c> and <c>platform</c>. Without a language it is the tenant's, without a platform any.</summary>
internal static class TemplateKeyQuery
{
    private const string AnyPlatform = "any";

    /// <summary>The key, or the refusal of the query.</summary>
    public static async ValueTask<(EmailTemplateKey? Key, IResult? Refusal)> ReadAsync(
        HttpContext context, EmailTemplates templates, string? language, string? platform)
    {
        DevicePlatform? known = null;
        if (!string.IsNullOrEmpty(platform) && !platform.Equals(AnyPlatform, StringComparison.OrdinalIgnoreCase))
        {
            if (!DevicePlatforms.TryParse(platform, out var named))
            {
                var names = string.Join(", ", DevicePlatforms.All.Select(known => known.ToName()));
                return (null, ProblemResults.Invalid("platform", $"The platform must be one of: {names}; or {AnyPlatform}."));
            }

            known = named;
        }

        if (string.IsNullOrEmpty(language))
            language = await templates.FindDefaultLanguageAsync(TechnicianFilter.Of(context), context.RequestAborted).ConfigureAwait(false);
        return EmailTemplateKey.TryCreate(language, known, out var key)
            ? (key, null)
            : (null, ProblemResults.Invalid("language", "The language must be a BCP 47 language tag such as fr or fr-CA."));
    }
}
