using Rescue.Sessions.Email.Templates;
using Rescue.Sessions.Settings;

namespace Rescue.Sessions.Email.Settings;

/// <summary>What holds for one language and platform.</summary>
public sealed record SavedTemplate
{
    /// <summary>For whom it is.</summary>
    public required EmailTemplateKey Key { get; init; }

    /// <summary>The template that messages use: the one saved under <see cref="Key"/> or, where there is none, the next in its chain.</summary>
    public required EmailTemplateSource Source { get; init; }

    /// <summary>Where <see cref="Source"/> was saved; null for the product's (<see cref="EmailOptions.Templates"/>) and a built-in one.</summary>
    public EmailTemplateKey? SavedAs { get; init; }

    /// <summary>Whether it was saved under <see cref="Key"/> itself.</summary>
    public bool IsOwn => Key == SavedAs;

    /// <summary>The latest saved version of <see cref="Key"/>; null when none ever was. Its value is null after going back to the default.</summary>
    public SettingVersion? Version { get; init; }

    /// <summary>What this version of the library has against <see cref="Source"/>: with an error among it, messages use the next template in the chain.</summary>
    public IReadOnlyList<TemplateProblem> Problems { get; init; } = [];
}
