using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Organizations;
using Rescue.Sessions.Settings;
using Rescue.Sessions.Tests.Support;

namespace Rescue.Sessions.Tests.Organizations;

/// <summary>Two administrators of one tenant save at the same time: the host name and the sender's domain that the setting holds in the end are the tenant's.</summary>
public sealed class OverlappingOrganizationTests : IDisposable
{
    private static readonly OrganizationSettings None = new();

    private readonly InterleavingSettingsStore store = new();
    private readonly SupportDesk desk;

    public OverlappingOrganizationTests() => desk = new(register: services => services.AddSingleton<ISettingsStore>(store));

    public static TheoryData<string, string?, string?> Names => new()
    {
        { "host name", "https://help.shared.example/", null },
        { "sender", null, "help@shared.example" },
        { "both", "https://help.shared.example/", "help@shared.example" },
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => desk.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Save_ThatIsOutdated_LeavesWhatTheOtherHasSaved(string what, string? address, string? sender)
    {
        store.Before(IsSetting, () => SaveAsync("first", Settings(address, sender), 0));

        (await TrySaveAsync("first", Settings(address, sender), 0)).Should().BeOfType<SettingsSave.Refused>().Which.Reason.Should().BeOfType<Refusal.Outdated>();

        await ExpectHeldAsync(what, Settings(address, sender));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Save_ThatTheOtherHasTakenBackSince_LeavesWhatIsSet(string what, string? address, string? sender)
    {
        await SaveAsync("first", Settings(address, sender));
        store.After(IsSetting, () => SaveAsync("first", Settings(address, sender)));

        await SaveAsync("first", None);

        await ExpectHeldAsync(what, Settings(address, sender));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Save_ThatTheOtherTakesBackJustBeforeTheNameIsGivenUp_LeavesWhatIsSet(string what, string? address, string? sender)
    {
        await SaveAsync("first", Settings(address, sender));
        store.Before(IsGivingUp, () => SaveAsync("first", Settings(address, sender)));

        await SaveAsync("first", None);

        await ExpectHeldAsync(what, Settings(address, sender));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Save_WhileTheOtherGivesTheNameUp_HasIt(string what, string? address, string? sender)
    {
        await SaveAsync("first", Settings(address, sender));
        store.Before(IsSetting, () => SaveAsync("first", None));

        await SaveAsync("first", Settings(address, sender));

        await ExpectHeldAsync(what, Settings(address, sender));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Save_ThatIsOutdatedAndSetByNobody_HoldsNothing(string what, string? address, string? sender)
    {
        store.Before(IsSetting, () => SaveAsync("first", new() { Name = "Other" }, 0));

        await TrySaveAsync("first", Settings(address, sender), 0);

        (await TrySaveAsync("second", Settings(address, sender))).Should().BeOfType<SettingsSave.Saved>(what);
    }

    private static bool IsSetting(SettingChange change) => change.Name == SettingNames.Organization;

    private static bool IsGivingUp(SettingChange change) => change.Tenant.StartsWith(':') && change.Value is null;

    private static OrganizationSettings Settings(string? address, string? sender) => new() { PublicBaseUri = address, SenderAddress = sender };

    // Much later, when what was taken just now counts for nothing any more.
    private async Task ExpectHeldAsync(string what, OrganizationSettings held)
    {
        store.HasCome.Should().BeTrue();
        desk.Time.Advance(TimeSpan.FromMinutes(5));
        var organization = await desk.Get<OrganizationDirectory>().FindAsync("first", Cancellation);
        organization.SenderAddress.Should().Be(held.SenderAddress);
        organization.PublicBaseUri.AbsoluteUri.Should().Be(held.PublicBaseUri ?? "https://help.example.org/");
        foreach (var one in (OrganizationSettings[])[held with { SenderAddress = null }, held with { PublicBaseUri = null }])
        {
            if (one != None)
                (await TrySaveAsync("second", one)).Should().BeOfType<SettingsSave.Refused>(what).Which.Reason.Should().BeOfType<Refusal.Invalid>();
        }
    }

    private async Task SaveAsync(string tenant, OrganizationSettings settings, long? basedOn = null) =>
        (await TrySaveAsync(tenant, settings, basedOn)).Should().BeOfType<SettingsSave.Saved>();

    private async Task<SettingsSave> TrySaveAsync(string tenant, OrganizationSettings settings, long? basedOn = null) =>
        await desk.Get<SupportSettings>().SaveOrganizationAsync(new("admin", "Admin") { Groups = ["support"], Tenant = tenant }, settings, basedOn, Cancellation);
}
