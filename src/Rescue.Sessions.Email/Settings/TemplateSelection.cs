using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Devices;
using Rescue.Sessions.Email.Messages;
using Rescue.Sessions.Email.Telemetry;
using Rescue.Sessions.Email.Templates;
using Rescue.Sessions.Languages;
using Rescue.Sessions.Organizations;
using Rescue.Sessions.Settings;
using Rescue.Sessions.Text;

namespace Rescue.Sessions.Email.Settings;

/// <summary>
/// Finds the template for a message: in the customer's language, else in the tenant's or its organisation's, else in English; in each, the administrator's for the
/// platform, then the administrator's for any, then the product's, then the built-in one. Thread-safe.
/// </summary>
internal sealed class TemplateSelection(
    TenantSettings settings,
    OrganizationDirectory organizations,
    IEmailTemplateRenderer renderer,
    MailWords words,
    IOptionsMonitor<IMessageOptions> options,
    ILoggerFactory loggers)
{
    private const string EveryTenant = "";

    private readonly ILogger logger = loggers.CreateLogger("Rescue.Sessions.Email");

    // The latest of each place that templates come from, by tenant and name: each is compiled once, until another is in its place.
    private readonly ConcurrentDictionary<(string Tenant, string Name), EmailTemplate> compiled = new();

    /// <summary>The template to use. One that was saved by another version and cannot be used now is passed over.</summary>
    public async ValueTask<SelectedTemplate> SelectAsync(
        string tenant, string? language, DevicePlatform? platform, CancellationToken cancellationToken)
    {
        var organization = await organizations.FindAsync(tenant, cancellationToken).ConfigureAwait(false);
        var defaults = await FindDefaultsAsync(organization, cancellationToken).ConfigureAwait(false);
        foreach (var candidate in LanguageTag.Chain(language, defaults.Language, Words.Last))
        {
            EmailTemplateKey any = new(candidate);
            EmailTemplateKey[] keys = platform is null ? [any] : [new(candidate, platform), any];
            foreach (var key in keys)
            {
                if (await FindSavedAsync(tenant, key, cancellationToken).ConfigureAwait(false) is { } saved)
                    return new(saved, key, defaults.TimeZone!, organization);
            }

            if ((FindProducts(candidate) ?? FindBuiltIn(candidate)) is { } unsaved)
                return new(unsaved, null, defaults.TimeZone!, organization);
        }

        throw new UnreachableException("There is a built-in message in the last language of every chain.");
    }

    /// <summary>The tenant's language and time zone, all set: what its administrator has said of messages alone, else its organisation's.</summary>
    public async ValueTask<EmailDefaults> FindDefaultsAsync(string tenant, CancellationToken cancellationToken) =>
        await FindDefaultsAsync(await organizations.FindAsync(tenant, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    /// <summary>The language in which the tenant's messages are written that are given none; null where neither its administrator nor its organisation has chosen one.</summary>
    public async ValueTask<string?> FindChosenLanguageAsync(string tenant, CancellationToken cancellationToken)
    {
        var organization = await organizations.FindAsync(tenant, cancellationToken).ConfigureAwait(false);
        var set = await settings.FindAsync(tenant, EmailDefaults.SettingName, EmailSettingsJson.Default.EmailDefaults, cancellationToken).ConfigureAwait(false);
        return set?.Language is null && organization.Languages.IsEmpty
            ? null
            : (await SelectAsync(tenant, language: null, platform: null, cancellationToken).ConfigureAwait(false)).Template.Source.Language;
    }

    private async ValueTask<EmailDefaults> FindDefaultsAsync(Organization organization, CancellationToken cancellationToken)
    {
        var set = await settings.FindAsync(organization.Tenant, EmailDefaults.SettingName, EmailSettingsJson.Default.EmailDefaults, cancellationToken)
            .ConfigureAwait(false);
        return new()
        {
            Language = set?.Language is { } language ? LanguageTag.Nearest(language) : organization.Languages.FirstOrDefault(options.CurrentValue.DefaultLanguage),
            // One that was known where it was saved may be missing on this machine.
            TimeZone = set?.TimeZone is { } zone && TimeZoneId.IsKnown(zone) ? zone : organization.TimeZone,
        };
    }

    // The one an administrator has saved under exactly this key.
    private async ValueTask<EmailTemplate?> FindSavedAsync(string tenant, EmailTemplateKey key, CancellationToken cancellationToken)
    {
        var document = await settings.FindAsync(tenant, key.SettingName, EmailSettingsJson.Default.EmailTemplateDocument, cancellationToken).ConfigureAwait(false);
        if (document is not null)
            return FindUsable(tenant, key.SettingName, document.ToSource(key.Language), "the settings");
        compiled.TryRemove((tenant, key.SettingName), out _);
        return null;
    }

    // Options can change while the host runs, and then nobody has checked them.
    private EmailTemplate? FindProducts(string language) =>
        options.CurrentValue.Templates.FirstOrDefault(template => template is { Subject: not null, Text: not null, Language: not null }
            && LanguageTag.Normalize(template.Language) == language) is { } found
            ? FindUsable(EveryTenant, $"Email.Templates ({language})", found, "what AddEmail is given")
            : null;

    private EmailTemplate? FindBuiltIn(string language) => words.BuiltIn(language) is { } source ? Compile(EveryTenant, language, source, out _) : null;

    private EmailTemplate? FindUsable(string tenant, string name, EmailTemplateSource source, string place)
    {
        var template = Compile(tenant, name, source, out var isNew);
        if (template.Error is not { } error)
            return template;
        // Every message meets it; it is told once, until another is in its place.
        if (isNew)
            logger.TemplateUnusable(name, error.Code, error.Part.ToString(), error.Line, place);
        return null;
    }

    private EmailTemplate Compile(string tenant, string name, EmailTemplateSource source, out bool isNew)
    {
        isNew = !(compiled.TryGetValue((tenant, name), out var known) && known.Source == source);
        return isNew ? compiled[(tenant, name)] = EmailTemplate.Check(source, CultureInfo.InvariantCulture, renderer) : known!;
    }
}
