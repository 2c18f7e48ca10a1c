using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Rescue.Sessions.Webhooks;

namespace Rescue.Sessions.AspNetCore.Webhooks;

/// <summary>What to set of a webhook: a value, null to go back to the default; one that is left out stays as it is.</summary>
internal sealed class WebhookBody
{
    private readonly HashSet<string> given = [];

    public string? Url { get; set => field = Given(value); }

    public string? Description { get; set => field = Given(value); }

    public IReadOnlyList<string?>? Types { get; set => field = Given(value); }

    public bool? Enabled { get; set => field = Given(value); }

    public bool IsEmpty() => given.Count == 0;

    public WebhookChange ToChange() => new() { Url = Url ?? "", Description = Description, Types = Texts(Types), IsEnabled = Enabled ?? true };

    public WebhookChange Over(Webhook saved) => new()
    {
        Url = given.Contains(nameof(Url)) ? Url ?? "" : saved.Url.OriginalString,
        Description = given.Contains(nameof(Description)) ? Description : saved.Description,
        Types = given.Contains(nameof(Types)) ? Texts(Types) : saved.Types,
        IsEnabled = given.Contains(nameof(Enabled)) ? Enabled ?? true : saved.IsEnabled,
    };

    private static ImmutableArray<string> Texts(IReadOnlyList<string?>? types) => [.. types?.Select(type => type ?? "") ?? []];

    private TValue? Given<TValue>(TValue? value, [CallerMemberName] string member = "")
    {
        given.Add(member);
        return value;
    }
}
