using System.Diagnostics.CodeAnalysis;
using Rescue.Sessions.Devices;

namespace Rescue.Sessions.Email.Settings;

/// <summary>For whom a template is: a language and, if it says so, one platform. Immutable.</summary>
public sealed record EmailTemplateKey
{
    /// <summary>Names a template.</summary>
    /// <param name="language">A BCP 47 language tag such as <c>fr</c> or <c>fr-CA</c>; upper and lower case are the same.</param>
    /// <param name="platform">The customer's platform; null for all that have no template of their own.</param>
    /// <exception cref="ArgumentException">The language is not such a tag.</exception>
    public EmailTemplateKey(string language, DevicePlatform? platform = null)
    {
        if (!LanguageTag.IsWellFormed(language))
            throw new ArgumentException("The language must be a BCP 47 language tag such as fr or fr-CA.", nameof(language));
        Language = LanguageTag.Normalize(language);
        Platform = platform;
    }

    /// <summary>Names a template, unless the language is not a tag.</summary>
    public static bool TryCreate(string? language, DevicePlatform? platform, [NotNullWhen(true)] out EmailTemplateKey? key)
    {
        key = LanguageTag.IsWellFormed(language) ? new(language!, platform) : null;
        return key is not null;
    }

    /// <summary>The language tag.</summary>
    public string Language { get; }

    /// <summary>The platform; null for any.</summary>
    public DevicePlatform? Platform { get; }

    /// <summary>What the names of all templates' settings begin with.</summary>
    internal const string Prefix = "email-template/";

    /// <summary>The name of the setting that holds the template.</summary>
    internal string SettingName => $"{Prefix}{Language}/{Platform?.ToName() ?? "any"}";

    /// <summary>The key that a setting is named by; null for one that an earlier version saved for what is no language, which no message can be in.</summary>
    internal static EmailTemplateKey? OfSetting(string name)
    {
        var parts = name[Prefix.Length..].Split('/');
        return TryCreate(parts[0], DevicePlatforms.TryParse(parts[1], out var platform) ? platform : null, out var key) ? key : null;
    }
}
