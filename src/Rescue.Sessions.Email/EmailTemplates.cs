using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Administration;
using Rescue.Sessions.Email.Messages;
using Rescue.Sessions.Email.Settings;
using Rescue.Sessions.Email.Templates;
using Rescue.Sessions.Settings;

namespace Rescue.Sessions.Email;

/// <summary>
/// The administrator's door to the words of invitations: a template for each language and, where wanted, for each platform. Every call takes the
/// right to manage settings. Thread-safe.
/// </summary>
/// <remarks>
/// A template that a customer could not use is refused when it is saved. What is saved holds for the next message on this node and within a
/// second on every other.
/// </remarks>
public sealed class EmailTemplates
{
    // Of a template that went back to the default its name stays, and is read with all others.
    private const int NamesPerTemplate = 10;

    private readonly AdministeredSettings documents;
    private readonly TemplateSelection selection;
    private readonly TemplateExample example;
    private readonly IEmailTemplateRenderer renderer;
    private readonly TemplateNames names;
    private readonly MailWords words;
    private readonly TemplateTestMail tests;
    private readonly IOptionsMonitor<EmailOptions> options;

    internal EmailTemplates(
        AdministeredSettings documents,
        TemplateSelection selection,
        TemplateExample example,
        IEmailTemplateRenderer renderer,
        TemplateNames names,
        MailWords words,
        TemplateTestMail tests,
        IOptionsMonitor<EmailOptions> options)
    {
        this.documents = documents;
        this.selection = selection;
        this.example = example;
        this.renderer = renderer;
        this.names = names;
        this.words = words;
        this.tests = tests;
        this.options = options;
    }

    /// <summary>The names that templates may use: the built-in ones, then the host's own.</summary>
    public ImmutableArray<TemplatePlaceholder> Placeholders => names.All;

    /// <summary>The languages that have a built-in message, the host's own among them, as BCP 47 tags, English first.</summary>
    public ImmutableArray<string> Languages => words.Languages;

    /// <summary>What holds for one language and platform.</summary>
    public async ValueTask<SettingsRead<SavedTemplate>> FindAsync(
        Technician technician, EmailTemplateKey key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        return await documents.FindAsync(technician, key.SettingName, WithVersionAsync, cancellationToken).ConfigureAwait(false);

        // Its author wants to see their own words, also when this version cannot use them.
        async ValueTask<SavedTemplate> WithVersionAsync(SettingVersion? version) => version?.Value is null
            ? await EffectiveAsync(technician.Tenant, key, cancellationToken).ConfigureAwait(false) with { Version = version }
            : Read(key, version);
    }

    /// <summary>The templates that the tenant has saved, by language and platform.</summary>
    public ValueTask<SettingsRead<ImmutableArray<SavedTemplate>>> ListAsync(Technician technician, CancellationToken cancellationToken = default) =>
        documents.ListAsync(technician, EmailTemplateKey.Prefix, versions => new ValueTask<ImmutableArray<SavedTemplate>>(ReadAll(versions)), cancellationToken);

    /// <summary>The versions saved under a key, newest first. One that went back to the default holds what is used since.</summary>
    /// <param name="technician">Who asks.</param>
    /// <param name="key">For whom the template is.</param>
    /// <param name="limit">The most versions, 1 to 200.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not 1 to 200.</exception>
    public async ValueTask<SettingsRead<ImmutableArray<SavedTemplate>>> ReadHistoryAsync(
        Technician technician, EmailTemplateKey key, int limit = 50, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        return await documents.ReadHistoryAsync(technician, key.SettingName, limit, WithFallbackAsync, cancellationToken).ConfigureAwait(false);

        async ValueTask<ImmutableArray<SavedTemplate>> WithFallbackAsync(ImmutableArray<SettingVersion> versions)
        {
            var fallback = await EffectiveAsync(technician.Tenant, key, cancellationToken).ConfigureAwait(false);
            return [.. versions.Select(version => version.Value is null ? fallback with { Version = version } : Read(key, version))];
        }
    }

    /// <summary>Saves a template, or goes back to the default.</summary>
    /// <param name="technician">Who saves.</param>
    /// <param name="key">For whom the template is.</param>
    /// <param name="source">The template, in the key's language whatever it says itself; null to go back to the next in the chain.</param>
    /// <param name="basedOn">The version the author saw, 0 for none; null saves whatever there is.</param>
    /// <param name="cancellationToken">Ends the wait; it may be saved all the same.</param>
    public async ValueTask<TemplateSave> SaveAsync(
        Technician technician, EmailTemplateKey key, EmailTemplateSource? source, long? basedOn = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (await documents.FindRefusalAsync(technician, cancellationToken).ConfigureAwait(false) is { } refusal)
            return new TemplateSave.Refused(refusal);
        var template = source is null ? null : Check(key, source);
        if (template is { IsAccepted: false })
            return new TemplateSave.BadTemplate(template.Problems);
        var most = options.CurrentValue.TemplatesPerTenant;
        if (IsFull(await documents.FindAllAsync(technician, EmailTemplateKey.Prefix, cancellationToken).ConfigureAwait(false), key, source is not null, most))
            return new TemplateSave.AtLimit(most);
        var document = source is null ? null : new EmailTemplateDocument(source.Subject, source.Text, source.Html);
        return await documents.WriteAsync(technician, key.SettingName, document, EmailSettingsJson.Default.EmailTemplateDocument, basedOn, cancellationToken)
            .ConfigureAwait(false) switch
        {
            SettingsSave.Saved { Version: var version } => new TemplateSave.Saved(
                (template is null ? await EffectiveAsync(technician.Tenant, key, cancellationToken).ConfigureAwait(false) : Own(key, template)) with { Version = version }),
            SettingsSave.Refused refused => new TemplateSave.Refused(refused.Reason),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>Shows a template as a customer would get it, without saving it.</summary>
    public async ValueTask<SettingsRead<TemplatePreview>> PreviewAsync(
        Technician technician, EmailTemplateKey key, EmailTemplateSource source, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(source);
        if (await documents.FindRefusalAsync(technician, cancellationToken).ConfigureAwait(false) is { } refusal)
            return new SettingsRead<TemplatePreview>.Refused(refusal);
        var template = Check(key, source);
        return new SettingsRead<TemplatePreview>.Found(
            template.IsAccepted ? await example.ShowAsync(technician, key, template, cancellationToken).ConfigureAwait(false) : new() { Problems = template.Problems }, null);
    }

    /// <summary>Sends a template as it would look to the technician's own address, with a link that leads nowhere. At most ten in ten minutes.</summary>
    public async ValueTask<TemplateTest> SendTestAsync(
        Technician technician, EmailTemplateKey key, EmailTemplateSource source, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(source);
        if (await documents.FindRefusalAsync(technician, cancellationToken).ConfigureAwait(false) is { } refusal)
            return new TemplateTest.Refused(refusal);
        var template = Check(key, source);
        return template.IsAccepted
            ? await tests.SendAsync(technician, key, template, cancellationToken).ConfigureAwait(false)
            : new TemplateTest.BadTemplate(template.Problems);
    }

    /// <summary>The language of the tenant's messages for which none is given.</summary>
    public async ValueTask<string> FindDefaultLanguageAsync(Technician technician, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(technician);
        return (await selection.FindDefaultsAsync(technician.Tenant, cancellationToken).ConfigureAwait(false)).Language!;
    }

    private async ValueTask<SavedTemplate> EffectiveAsync(string tenant, EmailTemplateKey key, CancellationToken cancellationToken)
    {
        var selected = await selection.SelectAsync(tenant, key.Language, key.Platform, cancellationToken).ConfigureAwait(false);
        return new() { Key = key, Source = selected.Template.Source, SavedAs = selected.SavedAs };
    }

    // What is there can be changed and taken back however many there are.
    private static bool IsFull(ImmutableArray<SettingVersion> latest, EmailTemplateKey key, bool isSet, int most) =>
        latest.FirstOrDefault(version => version.Name == key.SettingName) is { } own
            ? isSet && own.Value is null && latest.Count(version => version.Value is not null) >= most
            : latest.Length >= most * NamesPerTemplate || (isSet && latest.Count(version => version.Value is not null) >= most);

    private ImmutableArray<SavedTemplate> ReadAll(ImmutableArray<SettingVersion> versions) =>
    [
        .. versions.Where(version => version.Value is not null)
            .Select(version => EmailTemplateKey.OfSetting(version.Name) is { } key ? Read(key, version) : null)
            .OfType<SavedTemplate>(),
    ];

    private SavedTemplate Read(EmailTemplateKey key, SettingVersion version)
    {
        var document = JsonSerializer.Deserialize(version.Value!, EmailSettingsJson.Default.EmailTemplateDocument)!;
        return Own(key, Check(key, document.ToSource(key.Language))) with { Version = version };
    }

    private static SavedTemplate Own(EmailTemplateKey key, EmailTemplate template) =>
        new() { Key = key, Source = template.Source, SavedAs = key, Problems = template.Problems };

    // For who reads the problems.
    private EmailTemplate Check(EmailTemplateKey key, EmailTemplateSource source) =>
        EmailTemplate.Check(source with { Language = key.Language }, CultureInfo.CurrentUICulture, renderer);
}
