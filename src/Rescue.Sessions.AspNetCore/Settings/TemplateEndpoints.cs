using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Rescue.Sessions.AspNetCore.Descriptions;
using Rescue.Sessions.AspNetCore.Json;
using Rescue.Sessions.AspNetCore.Problems;
using Rescue.Sessions.AspNetCore.Protection;
using Rescue.Sessions.Devices;
using Rescue.Sessions.Email;
using Rescue.Sessions.Email.Settings;

namespace Rescue.Sessions.AspNetCore.Settings;

/// <summary><c>/rescue/settings/template</c>: the words of the invitation for one language and platform.</summary>
internal static class TemplateEndpoints
{
    private const string AnyPlatform = "any";

    [Operation("getTemplate", "The words of the invitation for one language and platform.")]
    [Query("language", "A language tag such as `fr`; the tenant's own language when it is left out.")]
    [Query("platform", "One of the platforms, or `any`, which it is when it is left out.")]
    [Answers(StatusCodes.Status200OK, "What holds for them, and where it is from.", Type = typeof(TemplateView))]
    [Refuses(StatusCodes.Status400BadRequest, ProblemCode.InvalidRequest)]
    public static async Task<IResult> FindAsync(HttpContext context, EmailTemplates templates, string? language, string? platform)
    {
        var (key, refusal) = await ReadKeyAsync(context, templates, language, platform).ConfigureAwait(false);
        if (key is null)
            return refusal!;
        var read = await templates.FindAsync(TechnicianFilter.Of(context), key, context.RequestAborted).ConfigureAwait(false);
        return SettingsAnswer.Of(context, read, SettingsJson.Default.TemplateView, (template, _) => TemplateView.Of(template));
    }

    [Operation("saveTemplate", "Sets the words of the invitation for one language and platform.")]
    [Query("language", "A language tag such as `fr`; the tenant's own language when it is left out.")]
    [Query("platform", "One of the platforms, or `any`, which it is when it is left out.")]
    [Takes(typeof(TemplateBody))]
    [Answers(StatusCodes.Status200OK, "As it is set now, with what its author should know.", Type = typeof(TemplateView))]
    [Refuses(StatusCodes.Status409Conflict, ProblemCode.Outdated, ProblemCode.TemplateLimit)]
    [Refuses(StatusCodes.Status422UnprocessableEntity, ProblemCode.BadTemplate)]
    public static async Task<IResult> SaveAsync(HttpContext context, EmailTemplates templates, string? language, string? platform)
    {
        var (key, body, refusal) = await ReadAsync(context, templates, language, platform).ConfigureAwait(false);
        if (key is null || body is null)
            return refusal!;
        return Answer(context, await templates.SaveAsync(TechnicianFilter.Of(context), key, body.ToSource(), body.Version, context.RequestAborted).ConfigureAwait(false));
    }

    [Operation("restoreTemplate", "Goes back to the default words for one language and platform.")]
    [Query("language", "A language tag such as `fr`; the tenant's own language when it is left out.")]
    [Query("platform", "One of the platforms, or `any`, which it is when it is left out.")]
    [Answers(StatusCodes.Status200OK, "What holds for them now.", Type = typeof(TemplateView))]
    [Refuses(StatusCodes.Status400BadRequest, ProblemCode.InvalidRequest)]
    [Refuses(StatusCodes.Status409Conflict, ProblemCode.TemplateLimit)]
    public static async Task<IResult> RestoreAsync(HttpContext context, EmailTemplates templates, string? language, string? platform)
    {
        var (key, refusal) = await ReadKeyAsync(context, templates, language, platform).ConfigureAwait(false);
        if (key is null)
            return refusal!;
        return Answer(context, await templates.SaveAsync(TechnicianFilter.Of(context), key, null, null, context.RequestAborted).ConfigureAwait(false));
    }

    [Operation("previewTemplate", "The message that a template makes, to an invented customer. Nothing is saved.")]
    [Query("language", "A language tag such as `fr`; the tenant's own language when it is left out.")]
    [Query("platform", "One of the platforms, or `any`, which it is when it is left out.")]
    [Takes(typeof(TemplateBody))]
    [Answers(StatusCodes.Status200OK, "The message.", Type = typeof(TemplatePreviewView))]
    [Refuses(StatusCodes.Status422UnprocessableEntity, ProblemCode.BadTemplate, ProblemCode.MessageNotWritten)]
    public static async Task<IResult> PreviewAsync(HttpContext context, EmailTemplates templates, string? language, string? platform)
    {
        var (key, body, refusal) = await ReadAsync(context, templates, language, platform).ConfigureAwait(false);
        if (key is null || body is null)
            return refusal!;
        return await templates.PreviewAsync(TechnicianFilter.Of(context), key, body.ToSource(), context.RequestAborted).ConfigureAwait(false) switch
        {
            SettingsRead<TemplatePreview>.Found { Value.NotWritten: { } reason } => ProblemResults.Of(context, new Refusal.NotWritten(reason)),
            SettingsRead<TemplatePreview>.Found { Value.Message: null } bad => ProblemResults.BadTemplate(bad.Value.Problems),
            SettingsRead<TemplatePreview>.Found { Value: { Message: { } message } preview } => TypedResults.Json(
                new TemplatePreviewView(message.Subject, message.Text, message.Html, preview.MailtoLength!.Value, preview.Problems), SettingsJson.Default.TemplatePreviewView),
            SettingsRead<TemplatePreview>.Refused refused => ProblemResults.Of(context, refused.Reason),
            _ => throw new UnreachableException(),
        };
    }

    [Operation("listTemplateVersions", "What was saved for one language and platform, newest first.")]
    [Query("language", "A language tag such as `fr`; the tenant's own language when it is left out.")]
    [Query("platform", "One of the platforms, or `any`, which it is when it is left out.")]
    [Answers(StatusCodes.Status200OK, "The versions.", Type = typeof(TemplateListView))]
    [Refuses(StatusCodes.Status400BadRequest, ProblemCode.InvalidRequest)]
    public static async Task<IResult> HistoryAsync(HttpContext context, EmailTemplates templates, string? language, string? platform)
    {
        var (key, refusal) = await ReadKeyAsync(context, templates, language, platform).ConfigureAwait(false);
        if (key is null)
            return refusal!;
        var read = await templates.ReadHistoryAsync(TechnicianFilter.Of(context), key, cancellationToken: context.RequestAborted).ConfigureAwait(false);
        return SettingsAnswer.Of(context, read, SettingsJson.Default.TemplateListView, (versions, _) => TemplateListView.Of(versions.Select(TemplateView.Of), templates));
    }

    [Operation("listTemplates", "Every saved template, and the names and functions that templates can use.")]
    [Answers(StatusCodes.Status200OK, "The templates.", Type = typeof(TemplateListView))]
    public static async Task<IResult> ListAsync(HttpContext context, EmailTemplates templates)
    {
        var read = await templates.ListAsync(TechnicianFilter.Of(context), context.RequestAborted).ConfigureAwait(false);
        return SettingsAnswer.Of(context, read, SettingsJson.Default.TemplateListView, (saved, _) => TemplateListView.Of(saved.Select(TemplateView.Of), templates));
    }

    /// <summary>The query and the body that saving, preview and test have in common, or the refusal of one of them.</summary>
    public static async ValueTask<(EmailTemplateKey? Key, TemplateBody? Body, IResult? Refusal)> ReadAsync(
        HttpContext context, EmailTemplates templates, string? language, string? platform)
    {
        var (key, refusal) = await ReadKeyAsync(context, templates, language, platform).ConfigureAwait(false);
        if (key is null)
            return (null, null, refusal);
        (var body, refusal) = await JsonBody.ReadAsync(context, SettingsJson.Default.TemplateBody, SettingsAnswer.MaxBody).ConfigureAwait(false);
        return (key, body, refusal);
    }

    // Without a language it is the tenant's, without a platform any.
    private static async ValueTask<(EmailTemplateKey? Key, IResult? Refusal)> ReadKeyAsync(HttpContext context, EmailTemplates templates, string? language, string? platform)
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

    private static IResult Answer(HttpContext context, TemplateSave save) => save switch
    {
        TemplateSave.Saved saved => TypedResults.Json(TemplateView.Of(saved.Template), SettingsJson.Default.TemplateView),
        TemplateSave.BadTemplate bad => ProblemResults.BadTemplate(bad.Problems),
        TemplateSave.AtLimit full => ProblemResults.Of(StatusCodes.Status409Conflict, new()
        {
            Code = ProblemCode.TemplateLimit, Title = "There are as many templates as there may be.", Detail = $"The tenant may have {full.Limit}. Take one back first, or let the service's option Email.TemplatesPerTenant be more.",
        }),
        TemplateSave.Refused refused => ProblemResults.Of(context, refused.Reason),
        _ => throw new UnreachableException(),
    };
}
