using Rescue.Sessions.Organizations;
using Rescue.Sessions.Settings;
using Rescue.Sessions.Tests.Support;

namespace Rescue.Sessions.Tests.Organizations;

/// <summary>An administrator can take nothing that is another's: no host name, and no domain to send from.</summary>
public sealed class OrganizationOwnershipTests : IDisposable
{
    private readonly SupportDesk desk = new(options =>
    {
        options.Organization.Domains.Add("acme.example");
        options.ReservedDomains.Add("web-1.proxy.example");
        options.ReservedDomains.Add("signed.example");
        options.ReservedDomains.Add("mail.globex.example");
        options.Organization.SenderAddress = "support@product.example";
        options.Organizations["globex"] = new() { PublicBaseUri = new("https://aide.globex.example/"), Domains = { "globex.example" } };
        options.Organizations["initech"] = new() { SenderAddress = "help@initech.example", PublicBaseUri = new("https://help.initech.example/") };
    });

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private SupportSettings Settings => desk.Get<SupportSettings>();

    public void Dispose() => desk.Dispose();

    [Theory]
    // Its own, and what is below it.
    [InlineData("globex", "https://aide.globex.example/", null)]
    [InlineData("globex", "https://other.globex.example/", null)]
    [InlineData("globex", null, "aide@mail.globex.example")]
    [InlineData("default", null, "help@acme.example")]
    [InlineData("default", "https://help.example.org/", null)]
    [InlineData("nobody", "https://help.nobody.example/", "help@nobody.example")]
    [InlineData("nobody", null, "support@product.example")]
    public async Task Save_WhatIsItsOwnOrNobodys_IsSaved(string tenant, string? address, string? sender) =>
        (await SaveAsync(tenant, address, sender)).Should().BeOfType<SettingsSave.Saved>();

    [Theory]
    // Declared as another's.
    [InlineData("nobody", "https://x.globex.example/", null, "publicBaseUri")]
    [InlineData("nobody", null, "ceo@globex.example", "senderAddress")]
    [InlineData("globex", null, "ceo@acme.example", "senderAddress")]
    [InlineData("default", null, "ceo@MAIL.globex.example", "senderAddress")]
    // Declared to have other ones.
    [InlineData("globex", "https://globex.test/", null, "publicBaseUri")]
    [InlineData("globex", null, "globex@gmail.example", "senderAddress")]
    // Set for another, without any word of domains.
    [InlineData("nobody", "https://help.initech.example/", null, "publicBaseUri")]
    [InlineData("nobody", null, "ceo@initech.example", "senderAddress")]
    [InlineData("nobody", "https://HELP.initech.example:8443/", null, "publicBaseUri")]
    // The product's.
    [InlineData("nobody", null, "ceo@product.example", "senderAddress")]
    [InlineData("nobody", "https://pay.product.example/", null, "publicBaseUri")]
    [InlineData("nobody", "https://login.help.example.org/", null, "publicBaseUri")]
    // Kept by the host.
    [InlineData("nobody", "https://web-1.proxy.example/", null, "publicBaseUri")]
    [InlineData("nobody", null, "ceo@mail.signed.example", "senderAddress")]
    // By which a proxy or a probe reaches the product.
    [InlineData("nobody", "https://localhost/", null, "publicBaseUri")]
    [InlineData("nobody", "https://product-web-1/", null, "publicBaseUri")]
    [InlineData("nobody", "https://10.0.0.5/", null, "publicBaseUri")]
    [InlineData("nobody", "https://[::1]/", null, "publicBaseUri")]
    [InlineData("nobody", "https://2130706433/", null, "publicBaseUri")]
    [InlineData("nobody", "https://help.example.org/nobody/", null, "publicBaseUri")]
    [InlineData("nobody", "https://help.example.org:444/", null, "publicBaseUri")]
    // Not where the pages are, and not safe.
    [InlineData("nobody", "https://help.nobody.example/path/", null, "publicBaseUri")]
    [InlineData("nobody", "http://help.nobody.example/", null, "publicBaseUri")]
    public async Task Save_WhatIsAnothers_IsRefusedAndNamesTheField(string tenant, string? address, string? sender, string field)
    {
        (await SaveAsync(tenant, address, sender)).Should().BeOfType<SettingsSave.Refused>().Which.Reason.Should().BeOfType<Refusal.Invalid>().Which.Problems.Should().ContainSingle().Which.Field.Should().Be(field);

        (await desk.Get<OrganizationDirectory>().FindAsync(tenant, Cancellation)).SenderAddress.Should().NotBe(sender ?? "-");
    }

    [Theory]
    [InlineData("nobody", "ceo@globex.example", false)]
    [InlineData("nobody", "ceo@signed.example", false)]
    [InlineData("nobody", "me@mailbox.example", true)]
    [InlineData("globex", "me@mailbox.example", true)]
    [InlineData("globex", "aide@globex.example", true)]
    [InlineData("nobody", "technician", true)]
    public async Task Save_WhereAnswersGo_MayBeAnywhereButAtAnothers(string tenant, string replyTo, bool isSaved)
    {
        var save = await Settings.SaveOrganizationAsync(Admin(tenant), new() { ReplyTo = replyTo }, null, Cancellation);

        (save is SettingsSave.Saved).Should().Be(isSaved);
        if (!isSaved)
            save.Should().BeOfType<SettingsSave.Refused>().Which.Reason.Should().BeOfType<Refusal.Invalid>().Which.Problems.Should().ContainSingle().Which.Field.Should().Be("replyTo");
    }

    [Theory]
    [InlineData("mine", "https://help.mine.example/", "help@mail.mine.example", null)]
    [InlineData("mine", "https://help.theirs.example/", null, "publicBaseUri")]
    [InlineData("mine", null, "ceo@theirs.example", "senderAddress")]
    [InlineData("mine", null, "ceo@notmine.example", "senderAddress")]
    [InlineData("mine", null, "ceo@free.example", "senderAddress")]
    // Unknown to the host, which has told nobody's domains for it.
    [InlineData("new", "https://help.new.example/", "help@new.example", null)]
    [InlineData("new", "https://www.theirs.example/", null, "publicBaseUri")]
    public async Task Save_WhereTheHostsFunctionTellsDomains_KeepsToThem(string tenant, string? address, string? sender, string? field)
    {
        using var told = new SupportDesk(options => options.FindOrganization = (query, _) => new(query switch
        {
            { Tenant: "mine" } => new FoundOrganization("mine", new()) { Domains = ["mine.example"] },
            { Tenant: "theirs" } or { HostName: "www.theirs.example" } => new FoundOrganization("theirs", new() { PublicBaseUri = "https://www.theirs.example" }) { Domains = ["theirs.example"] },
            _ => null,
        }));

        var save = await told.Get<SupportSettings>().SaveOrganizationAsync(Admin(tenant), new() { PublicBaseUri = address, SenderAddress = sender }, null, Cancellation);

        if (field is null)
            save.Should().BeOfType<SettingsSave.Saved>();
        else
            save.Should().BeOfType<SettingsSave.Refused>().Which.Reason.Should().BeOfType<Refusal.Invalid>().Which.Problems.Should().ContainSingle().Which.Field.Should().Be(field);
    }

    [Fact]
    public async Task Find_HostHasSinceGivenTheNameToAnother_IsNoLongerTheirs()
    {
        var isGiven = false;
        using var later = new SupportDesk(options => options.FindOrganization = (query, _) => new(
            isGiven && query is { Tenant: "owner" } or { HostName: "help.wanted.example" }
                ? new FoundOrganization("owner", new() { PublicBaseUri = "https://help.wanted.example/" })
                : null));
        var directory = later.Get<OrganizationDirectory>();
        await later.Get<SupportSettings>().SaveOrganizationAsync(Admin("squatter"), new() { PublicBaseUri = "https://help.wanted.example/" }, null, Cancellation);
        (await directory.FindAsync("squatter", Cancellation)).PublicBaseUri.Host.Should().Be("help.wanted.example");

        isGiven = true;
        later.Time.Advance(TimeSpan.FromSeconds(2));

        (await directory.FindAsync("squatter", Cancellation)).PublicBaseUri.Should().Be("https://help.example.org/");
        (await directory.FindByHostAsync("help.wanted.example", Cancellation))!.Tenant.Should().Be("owner");
    }

    [Fact]
    public async Task Save_WhatAnotherAdministratorHasTaken_IsRefused()
    {
        await SaveAsync("first", "https://help.shared.example/", "help@shared.example");
        desk.Time.Advance(TimeSpan.FromMinutes(5));

        (await SaveAsync("second", "https://help.shared.example/", "other@shared.example"))
            .Should().BeOfType<SettingsSave.Refused>().Which.Reason.Should().BeOfType<Refusal.Invalid>().Which.Problems.Select(problem => problem.Field).Should().Equal("publicBaseUri", "senderAddress");

        (await desk.Get<OrganizationDirectory>().FindByHostAsync("help.shared.example", Cancellation))!.Tenant.Should().Be("first");
    }

    [Fact]
    public async Task Save_OfTwoAtOnce_LetsOneHaveTheName()
    {
        var saves = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () => await SaveAsync($"tenant-{i}", "https://help.shared.example/", null))));

        saves.OfType<SettingsSave.Saved>().Should().ContainSingle();
        (await desk.Get<OrganizationDirectory>().FindByHostAsync("help.shared.example", Cancellation)).Should().NotBeNull();
    }

    [Fact]
    public async Task Save_ThatIsOutdated_TakesNothing()
    {
        await SaveAsync("first", null, null);
        var late = await Settings.SaveOrganizationAsync(Admin("first"), new() { PublicBaseUri = "https://help.wanted.example/" }, 0, Cancellation);

        late.Should().BeOfType<SettingsSave.Refused>().Which.Reason.Should().BeOfType<Refusal.Outdated>();
        (await SaveAsync("second", "https://help.wanted.example/", null)).Should().BeOfType<SettingsSave.Saved>();
    }

    [Fact]
    public async Task Save_OfTheOneToWhomTheHostHasGivenTheDomain_WinsOverWhoWasThereBefore()
    {
        using var later = new SupportDesk(options => options.Organizations["owner"] = new() { Domains = { "shared.example" } });
        var (settings, directory) = (later.Get<SupportSettings>(), later.Get<OrganizationDirectory>());
        // Taken while the host had said nothing, as the store remembers it.
        await later.Get<OrganizationClaims>().TryTakeHostAsync("help.shared.example", Admin("squatter"), (_, _) => new(true), Cancellation);
        await later.Get<ISettingsStore>().SaveAsync(
            new()
            {
                Tenant = "squatter", Name = "organization", Value = """{"publicBaseUri":"https://help.shared.example/","senderAddress":"a@shared.example"}""",
                By = new("s", "S"), At = SupportDesk.Morning,
            },
            Cancellation);

        (await directory.FindAsync("squatter", Cancellation)).PublicBaseUri.Should().Be("https://help.example.org/", "it is not theirs");
        (await directory.FindAsync("squatter", Cancellation)).SenderAddress.Should().BeNull();
        (await directory.FindByHostAsync("help.shared.example", Cancellation)).Should().BeNull();
        (await settings.SaveOrganizationAsync(Admin("owner"), new() { PublicBaseUri = "https://help.shared.example/" }, null, Cancellation))
            .Should().BeOfType<SettingsSave.Saved>();
        (await directory.FindByHostAsync("help.shared.example", Cancellation))!.Tenant.Should().Be("owner");
    }

    [Theory]
    [InlineData("https://help.wanted.example/", null)]
    [InlineData(null, "help@wanted.example")]
    [InlineData("https://help.wanted.example/", "help@wanted.example")]
    public async Task Save_OfTheOneToWhomTheHostsFunctionGivesTheDomain_WinsOverWhoWasThereBefore(string? address, string? sender)
    {
        var isGiven = false;
        using var later = new SupportDesk(options => options.FindOrganization = (query, _) =>
            new(isGiven && query.Tenant == "owner" ? new FoundOrganization("owner", new()) { Domains = ["wanted.example"] } : null));
        var (settings, directory) = (later.Get<SupportSettings>(), later.Get<OrganizationDirectory>());
        OrganizationSettings wanted = new() { PublicBaseUri = address, SenderAddress = sender };
        (await settings.SaveOrganizationAsync(Admin("squatter"), wanted, null, Cancellation)).Should().BeOfType<SettingsSave.Saved>();
        later.Time.Advance(TimeSpan.FromMinutes(5));
        (await settings.SaveOrganizationAsync(Admin("owner"), wanted, null, Cancellation)).Should().BeOfType<SettingsSave.Refused>("nobody has given it to them yet");

        isGiven = true;
        later.Time.Advance(TimeSpan.FromSeconds(2));
        (await settings.SaveOrganizationAsync(Admin("owner"), wanted, null, Cancellation)).Should().BeOfType<SettingsSave.Saved>();
        later.Time.Advance(TimeSpan.FromSeconds(2));

        var (before, owner) = (await directory.FindAsync("squatter", Cancellation), await directory.FindAsync("owner", Cancellation));
        (before.PublicBaseUri.AbsoluteUri, before.SenderAddress).Should().Be(("https://help.example.org/", null), "it is another's now");
        (owner.PublicBaseUri.AbsoluteUri, owner.SenderAddress).Should().Be((address ?? "https://help.example.org/", sender));
        if (address is not null)
            (await directory.FindByHostAsync("help.wanted.example", Cancellation))!.Tenant.Should().Be("owner");
        (await settings.SaveOrganizationAsync(Admin("squatter"), wanted, null, Cancellation)).Should().BeOfType<SettingsSave.Refused>();
    }

    [Fact]
    public async Task EveryCall_WithoutTheRight_IsForbiddenAndTakesNothing()
    {
        var visitor = new Technician("nobody", "Nobody");

        (await Settings.ReadOrganizationHistoryAsync(visitor, cancellationToken: Cancellation)).Should().BeOfType<SettingsRead<System.Collections.Immutable.ImmutableArray<SavedOrganization>>.Refused>();

        (await Settings.FindOrganizationAsync(visitor, Cancellation)).Should().BeOfType<SettingsRead<OrganizationSettings>.Refused>();
        (await Settings.SaveOrganizationAsync(visitor, new() { PublicBaseUri = "https://free.example/" }, null, Cancellation)).Should().BeOfType<SettingsSave.Refused>().Which.Reason.Should().BeOfType<Refusal.Forbidden>();
        (await SaveAsync("second", "https://free.example/", null)).Should().BeOfType<SettingsSave.Saved>();
    }

    private static Technician Admin(string tenant) => new("admin", "Admin") { Groups = ["support"], Tenant = tenant };

    private async Task<SettingsSave> SaveAsync(string tenant, string? address, string? sender) =>
        await Settings.SaveOrganizationAsync(Admin(tenant), new() { PublicBaseUri = address, SenderAddress = sender }, null, Cancellation);
}
