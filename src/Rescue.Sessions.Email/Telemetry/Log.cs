using Microsoft.Extensions.Logging;

namespace Rescue.Sessions.Email.Telemetry;

internal static partial class Log
{
    [LoggerMessage(101, LogLevel.Warning, "The template {Template} cannot be used by this version ({Problem} in the {Part}, line {Line}); the next in its chain is. Mend it in {Place}")]
    public static partial void TemplateUnusable(this ILogger logger, string template, string problem, string part, int line, string place);

    [LoggerMessage(104, LogLevel.Warning, "Email.DefaultLanguage is {Language}, for which there are no built-in words: messages are in English where no template in that language is saved. Add the language to LanguageFolder, or save templates")]
    public static partial void NoWordsInDefaultLanguage(this ILogger logger, string language);

    [LoggerMessage(105, LogLevel.Information, "Nothing sends mail on technicians' behalf: they have drafts for their own mail programs alone. If the service is to send, call UseSmtp, or register an IEmailDispatcher for OnMyBehalf")]
    public static partial void NothingSends(this ILogger logger);

    [LoggerMessage(102, LogLevel.Error, "Mail waits until a setting is corrected: {Reason} (mail server {Server}, cause {Cause}, reply code {Code}, enhanced status code {EnhancedStatus})")]
    public static partial void MailHeld(this ILogger logger, string reason, string server, NotSentCause cause, string code, string enhancedStatus);

    [LoggerMessage(103, LogLevel.Information, "Mail goes out again by the mail server {Server}; it had waited since {Since:O}")]
    public static partial void MailGoesOut(this ILogger logger, string server, DateTimeOffset since);

    [LoggerMessage(106, LogLevel.Warning, "Mail could not be handed over and is tried again: {Reason} (mail server {Server}, cause {Cause})")]
    public static partial void MailServerAway(this ILogger logger, string reason, string server, NotSentCause cause);

    [LoggerMessage(107, LogLevel.Warning, "Mail of tenant {Tenant} waits and is tried again: its organisation could not be looked up ({ExceptionType}). Unless the store is away, see to FindOrganization")]
    public static partial void OrganizationMissing(this ILogger logger, string tenant, string exceptionType);

    [LoggerMessage(108, LogLevel.Information, "The organisation of tenant {Tenant}, for which mail had waited since {Since:O}, can be looked up again")]
    public static partial void OrganizationFound(this ILogger logger, string tenant, DateTimeOffset since);

    [LoggerMessage(109, LogLevel.Warning, "The host's own renderer of email templates could not render one, so that its message was not written")]
    public static partial void RendererFailed(this ILogger logger, Exception failure);
}
