using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Joining;
using Rescue.Sessions.Organizations;
using Rescue.Sessions.Settings;
using Rescue.Sessions.Tests.Support;

namespace Rescue.Sessions.Tests.Organizations;

public sealed class OrganizationDirectoryTests
{
    private static readonly Technician Ginger = new("ginger", "Ginger") { Groups = ["support"], Tenant = "globex" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Find_WhereNothingIsSet_IsTheProduct()
    {
        using var desk = new SupportDesk();

        var organization = await desk.Get<OrganizationDirectory>().FindAsync("anyone", Cancellation);

        organization.Should().BeEquivalentTo(new Organization { Tenant = "anyone", Name = "Support", PublicBaseUri = new("https://help.example.org/") });
    }

    [Fact]
    public async Task Find_PropertyByProperty_IsTheAdministratorsThenTheHostsThenTheOptionsThenTheProducts()
    {
        using var desk = new SupportDesk(options =>
        {
            Globex(options);
            options.Organization.Phone = "555 0100";
            options.Organization.TimeZone = "Europe/Berlin";
            options.FindOrganization = (query, _) => new(
                query.Tenant == "globex" ? new FoundOrganization("globex", new() { Name = "From the host", Url = "https://globex.example/aide", TimeZone = "Europe/Rome" }) : null);
        });
        (await desk.Get<SupportSettings>().SaveOrganizationAsync(Ginger, new() { Name = "From the administrator", Languages = ["FR-ca"] }, null, Cancellation))
            .Should().BeOfType<SettingsSave.Saved>();

        var organization = await desk.Get<OrganizationDirectory>().FindAsync("globex", Cancellation);

        organization.Name.Should().Be("From the administrator");
        organization.Languages.Should().Equal("fr-CA");
        organization.Url.Should().Be("https://globex.example/aide");
        organization.TimeZone.Should().Be("Europe/Rome");
        organization.AccentColor.Should().Be("#7a1fa2");
        organization.PublicBaseUri.Should().Be("https://aide.globex.example/");
        organization.Phone.Should().Be("555 0100");
        (await desk.Get<OrganizationDirectory>().FindAsync("acme", Cancellation)).Name.Should().Be("Support", "another tenant's is its own");
    }

    [Fact]
    public async Task Find_SavedNull_GoesBackToWhatTheHostHasConfigured()
    {
        using var desk = new SupportDesk(Globex);
        await desk.Get<SupportSettings>().SaveOrganizationAsync(Ginger, new() { Name = "Other" }, null, Cancellation);

        await desk.Get<SupportSettings>().SaveOrganizationAsync(Ginger, null, null, Cancellation);

        (await desk.Get<OrganizationDirectory>().FindAsync("globex", Cancellation)).Name.Should().Be("Globex");
    }

    [Fact]
    public async Task Find_WhatTheHostSaysWrong_FallsBackPropertyByProperty()
    {
        using var desk = new SupportDesk(options => options.FindOrganization = (query, _) => new(
            query.Tenant is null ? null : new FoundOrganization(query.Tenant, new() { Name = "Globex", AccentColor = "#ffff00", PublicBaseUri = "https://help.example.org/other/" })));

        var organization = await desk.Get<OrganizationDirectory>().FindAsync("globex", Cancellation);

        (organization.Name, organization.AccentColor, organization.PublicBaseUri.AbsoluteUri).Should().Be(("Globex", Organization.DefaultAccentColor, "https://help.example.org/"));
    }

    [Theory]
    [InlineData("aide.globex.example", "globex")]
    [InlineData("AIDE.Globex.example.", "globex")]
    [InlineData("help.example.org", null)]
    [InlineData("evil.example", null)]
    [InlineData("aide.globex.example.evil.example", null)]
    [InlineData("globex.example", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public async Task FindByHost_OfTheOptions_KnowsConfiguredNamesAlone(string? host, string? tenant)
    {
        using var desk = new SupportDesk(Globex);

        (await desk.Get<OrganizationDirectory>().FindByHostAsync(host, Cancellation))?.Tenant.Should().Be(tenant);
        desk.Get<OrganizationDirectory>().FindConfiguredByHost(host)?.Tenant.Should().Be(tenant);
        if (tenant is null)
            (await desk.Get<OrganizationDirectory>().FindByHostAsync(host, Cancellation)).Should().BeNull();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Find_AThousandAtOnce_AskTheHostOnce(bool isKnown)
    {
        var (asked, slow) = (0, new TaskCompletionSource<FoundOrganization?>());
        using var desk = Asking(_ => Interlocked.Increment(ref asked) == 1 && isKnown ? new(new FoundOrganization("globex", new() { Name = "Former" })) : new(slow.Task));
        var directory = desk.Get<OrganizationDirectory>();
        if (isKnown)
        {
            (await directory.FindAsync("globex", Cancellation)).Name.Should().Be("Former");
            desk.Time.Advance(TimeSpan.FromSeconds(2));
        }

        // Read now, so that all of them come to the host's function before it answers.
        await desk.Get<SupportSettings>().FindOrganizationAsync(Ginger, Cancellation);
        var finding = Enumerable.Range(0, 1_000).Select(_ => directory.FindAsync("globex", Cancellation).AsTask()).ToList();
        slow.SetResult(new("globex", new() { Name = "Globex" }));

        (await Task.WhenAll(finding)).Select(organization => organization.Name).Should().AllBe("Globex", "what is known and old is no answer");
        asked.Should().Be(isKnown ? 2 : 1);
    }

    [Fact]
    public async Task Find_WhoGivesUpWaiting_TakesTheAnswerFromNobody()
    {
        var (asked, slow) = (0, new TaskCompletionSource<FoundOrganization?>());
        using var desk = Asking(_ =>
        {
            asked++;
            return new(slow.Task);
        });
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        // Read now, so that both come to the host's function before one gives up.
        await desk.Get<SupportSettings>().FindOrganizationAsync(Ginger, Cancellation);
        var impatient = desk.Get<OrganizationDirectory>().FindAsync("globex", patience.Token).AsTask();
        var patient = desk.Get<OrganizationDirectory>().FindAsync("globex", Cancellation).AsTask();

        await patience.CancelAsync();

        await FluentActions.Awaiting(() => impatient).Should().ThrowAsync<OperationCanceledException>();
        slow.SetResult(new("globex", new() { Name = "Globex" }));
        (await patient).Name.Should().Be("Globex");
        asked.Should().Be(1);
    }

    [Fact]
    public async Task Find_WhileAnAnswerHangs_AsksAnewAfterASecond()
    {
        var (begun, never) = (new TaskCompletionSource(), new TaskCompletionSource<FoundOrganization?>());
        using var desk = Asking(_ => begun.TrySetResult() ? new(never.Task) : new(new FoundOrganization("globex", new() { Name = "Globex" })));
        // Read now, so that the host is asked before the time passes.
        await desk.Get<SupportSettings>().FindOrganizationAsync(Ginger, Cancellation);
        var hanging = desk.Get<OrganizationDirectory>().FindAsync("globex", Cancellation).AsTask();
        // It is asked on another thread, which may be slower than the one that asks anew.
        await begun.Task.WaitAsync(Cancellation);
        desk.Time.Advance(TimeSpan.FromSeconds(2));

        (await desk.Get<OrganizationDirectory>().FindAsync("globex", Cancellation)).Name.Should().Be("Globex");

        hanging.IsCompleted.Should().BeFalse();
        never.SetResult(null);
        (await hanging).Name.Should().Be("Support");
        (await desk.Get<OrganizationDirectory>().FindAsync("globex", Cancellation)).Name.Should().Be("Globex", "what was asked later is newer");
    }

    [Fact]
    public async Task Find_HostsFunctionFails_SaysSoAndAsksTheNextTime()
    {
        var asked = 0;
        using var desk = Asking(_ => ++asked == 1 ? throw new TimeoutException("The customers' table.") : new(new FoundOrganization("globex", new() { Name = "Globex" })));
        var directory = desk.Get<OrganizationDirectory>();

        await FluentActions.Awaiting(() => directory.FindAsync("globex", Cancellation).AsTask()).Should().ThrowAsync<TimeoutException>();

        (await directory.FindAsync("globex", Cancellation)).Name.Should().Be("Globex");
    }

    [Fact]
    public async Task FindByHost_OfTheHostsFunction_AsksOnceASecond()
    {
        var asked = 0;
        using var desk = new SupportDesk(options => options.FindOrganization = (query, _) =>
        {
            asked += query.HostName is null ? 0 : 1;
            return new(query is { Tenant: "globex" } or { HostName: "aide.globex.example" }
                ? new FoundOrganization("globex", new() { PublicBaseUri = "https://aide.globex.example/" })
                : null);
        });
        var directory = desk.Get<OrganizationDirectory>();

        (await directory.FindByHostAsync("aide.globex.example", Cancellation))!.Tenant.Should().Be("globex");
        (await directory.FindByHostAsync("aide.globex.example", Cancellation))!.Tenant.Should().Be("globex");
        asked.Should().Be(1);
        desk.Time.Advance(TimeSpan.FromSeconds(2));
        (await directory.FindByHostAsync("aide.globex.example", Cancellation))!.PublicBaseUri.Host.Should().Be("aide.globex.example");
        asked.Should().Be(2);
        (await directory.FindByHostAsync("evil.example", Cancellation)).Should().BeNull();
    }

    [Fact]
    public async Task FindByHost_OfASetting_HoldsUntilItIsGivenUp()
    {
        using var desk = new SupportDesk();
        var (settings, directory) = (desk.Get<SupportSettings>(), desk.Get<OrganizationDirectory>());
        await settings.SaveOrganizationAsync(Ginger, new() { PublicBaseUri = "https://Aide.Globex.example" }, null, Cancellation);
        (await directory.FindByHostAsync("aide.globex.example", Cancellation))!.Tenant.Should().Be("globex");

        await settings.SaveOrganizationAsync(Ginger, new() { PublicBaseUri = "https://hilfe.globex.example" }, null, Cancellation);

        (await directory.FindByHostAsync("aide.globex.example", Cancellation)).Should().BeNull();
        (await directory.FindByHostAsync("hilfe.globex.example", Cancellation))!.Tenant.Should().Be("globex");
        (await settings.SaveOrganizationAsync(desk.Stranger, new() { PublicBaseUri = "https://aide.globex.example" }, null, Cancellation))
            .Should().BeOfType<SettingsSave.Saved>("it was given up");
    }

    [Fact]
    public async Task Links_FollowTheOrganization_AndTheProductsOnceItIsRemoved()
    {
        using var desk = new SupportDesk(Globex);
        var settings = desk.Get<SupportSettings>();
        await settings.SaveOrganizationAsync(desk.Ada, new() { PublicBaseUri = "https://help.acme.example/" }, null, Cancellation);
        var (session, link) = await desk.CreateAsync();
        var (_, other) = await desk.CreateAsync(Ginger);

        link.BaseUri.Should().Be("https://help.acme.example/");
        other.BaseUri.Should().Be("https://aide.globex.example/");
        await settings.SaveOrganizationAsync(desk.Ada, null, null, Cancellation);

        (await desk.Directory.FindLinkAsync(desk.Ada, session.Id, Cancellation))!.BaseUri.Should().Be("https://help.example.org/");
        var found = (CodeLookup.Found)await desk.Customers.LookUpAsync(link.Token!, link.Pin, null, Cancellation);
        found.Link.BaseUri.Should().Be("https://help.example.org/");
        (await desk.JoinAsync(link)).Session.Id.Should().Be(session.Id, "the session goes on");
    }

    [Fact]
    public async Task Find_OfOneAmongAThousand_ReadsItsOwnDocumentsAlone()
    {
        var store = new CountingSettingsStore();
        using var desk = new SupportDesk(
            options =>
            {
                for (var i = 0; i < 1000; i++)
                    options.Organizations[$"configured-{i}"] = new() { Name = $"Configured {i}", PublicBaseUri = new($"https://c{i}.example/") };
            },
            services => services.AddSingleton<ISettingsStore>(store));
        for (var i = 0; i < 1000; i++)
        {
            var admin = new Technician("admin", "Admin") { Groups = ["support"], Tenant = $"saved-{i}" };
            await desk.Get<SupportSettings>().SaveOrganizationAsync(admin, new() { Name = $"Saved {i}", PublicBaseUri = $"https://s{i}.example/" }, null, Cancellation);
        }

        desk.Time.Advance(TimeSpan.FromSeconds(2));
        store.Reads.Clear();
        for (var times = 0; times < 3; times++)
        {
            (await desk.Get<OrganizationDirectory>().FindByHostAsync("s777.example", Cancellation))!.Name.Should().Be("Saved 777");
            (await desk.Get<OrganizationDirectory>().FindByHostAsync("c777.example", Cancellation))!.Name.Should().Be("Configured 777");
        }

        store.Reads.Should().HaveCount(3, "two tenants and the shelf of the host name, each once a second").And.OnlyContain(read => read.Documents < 30);
    }

    [Fact]
    public async Task FindByHost_OfNamesThatStrangersMakeUp_ReadsAFewHundredShelvesAtMost()
    {
        var store = new CountingSettingsStore();
        using var desk = new SupportDesk(register: services => services.AddSingleton<ISettingsStore>(store));

        for (var i = 0; i < 5000; i++)
            (await desk.Get<OrganizationDirectory>().FindByHostAsync($"made-up-{i}.example", Cancellation)).Should().BeNull();

        store.Reads.Should().HaveCountLessThanOrEqualTo(256);
    }

    /// <summary>A product whose host keeps one organisation, and is asked about others too.</summary>
    private static SupportDesk Asking(Func<OrganizationQuery, ValueTask<FoundOrganization?>> answer) =>
        new(options => options.FindOrganization = (query, _) => query.Tenant == "globex" ? answer(query) : default);

    private static void Globex(RescueSessionsOptions options) => options.Organizations["globex"] = new()
    {
        Name = "Globex", SenderAddress = "aide@globex.example", PublicBaseUri = new("https://aide.globex.example/"), AccentColor = "#7a1fa2", Domains = { "globex.example" },
    };
}
