using System.Runtime.CompilerServices;
using Rescue.Sessions.Organizations;

namespace Rescue.Sessions.AspNetCore.Settings;

/// <summary>What to set for the organisation: a value, null to go back to the product's; one that is left out stays as it is.</summary>
internal sealed class OrganizationBody : IPartialBody<OrganizationSettings>
{
    private readonly HashSet<string> given = [];

    public string? Name { get; set => field = Given(value); }

    public string? SenderAddress { get; set => field = Given(value); }

    public string? SenderName { get; set => field = Given(value); }

    public string? ReplyTo { get; set => field = Given(value); }

    public string? PublicBaseUri { get; set => field = Given(value); }

    public string? Logo { get; set => field = Given(value); }

    public string? AccentColor { get; set => field = Given(value); }

    public string? Phone { get; set => field = Given(value); }

    public string? Url { get; set => field = Given(value); }

    public IReadOnlyList<string>? Languages { get; set => field = Given(value); }

    public string? TimeZone { get; set => field = Given(value); }

    public IReadOnlyDictionary<string, string>? Wording { get; set => field = Given(value); }

    public long? Version { get; set; }

    public bool IsEmpty() => given.Count == 0;

    public OrganizationSettings Over(OrganizationSettings saved) => new()
    {
        Name = Of(Name, saved.Name, nameof(Name)),
        SenderAddress = Of(SenderAddress, saved.SenderAddress, nameof(SenderAddress)),
        SenderName = Of(SenderName, saved.SenderName, nameof(SenderName)),
        ReplyTo = Of(ReplyTo, saved.ReplyTo, nameof(ReplyTo)),
        PublicBaseUri = Of(PublicBaseUri, saved.PublicBaseUri, nameof(PublicBaseUri)),
        Logo = Of(Logo, saved.Logo, nameof(Logo)),
        AccentColor = Of(AccentColor, saved.AccentColor, nameof(AccentColor)),
        Phone = Of(Phone, saved.Phone, nameof(Phone)),
        Url = Of(Url, saved.Url, nameof(Url)),
        Languages = Of(Languages, saved.Languages, nameof(Languages)),
        TimeZone = Of(TimeZone, saved.TimeZone, nameof(TimeZone)),
        Wording = Of(Wording, saved.Wording, nameof(Wording)),
    };

    private TValue? Of<TValue>(TValue? value, TValue? saved, string member) => given.Contains(member) ? value : saved;

    private TValue? Given<TValue>(TValue? value, [CallerMemberName] string member = "")
    {
        given.Add(member);
        return value;
    }
}
