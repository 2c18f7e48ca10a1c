using System.Text.Json;
using Rescue.Sessions.Organizations;

namespace Rescue.Sessions.AspNetCore.Tests.Technicians;

/// <summary>What technicians are told of what holds where they choose nothing.</summary>
public sealed class MeTests
{
    /// <summary>What is set in each place, and the languages of messages and of texts for which none is chosen.</summary>
    public static TheoryData<string?, string[], string[], string?, string?, string?> Places() => new()
    {
        // host's default, product's languages, organisation's languages, administrator's language: messages, texts
        { null, [], [], null, null, null },
        { "en", [], [], null, null, null },
        { "nl", [], [], null, "nl", "nl" },
        { "en-GB", [], [], null, "en", "en" },
        { null, ["de", "en"], [], null, "de", "de" },
        { null, ["en", "de"], [], null, "en", "en" },
        { null, ["de"], ["fr-CA", "en"], null, "fr", "fr" },
        { null, [], [], "es", "es", null },
        { "nl", ["de"], ["fr"], "ar", "ar", "fr" },
        // There is nothing in it, and so English is what customers get.
        { null, [], [], "pt", "en", null },
        { null, [], ["pt"], null, "en", "en" },
    };

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Me_WhereALanguageIsSet_TellsInWhichMessagesAreThatAreGivenNone(
        string? hosts, string[] products, string[] organizations, string? administrators, string? messages, string? texts)
    {
        await using var product = await TestProduct.StartAsync(
            options =>
            {
                foreach (var language in products)
                    options.Organization.Languages.Add(language);
                if (organizations.Length == 0)
                    return;
                options.Organizations["acme"] = new();
                foreach (var language in organizations)
                    options.Organizations["acme"].Languages.Add(language);
            },
            email: options => options.DefaultLanguage = hosts ?? options.DefaultLanguage,
            add: rescue => rescue.AddSms<SmsTests.Gateway>());
        var technician = product.Technician();
        if (administrators is not null)
            await technician.PutAsync("/rescue/settings/email", new { language = administrators });

        var me = await technician.GetJsonAsync("/rescue/me");

        me.GetProperty("language").GetString().Should().Be(messages);
        me.GetProperty("sms").GetProperty("language").GetString().Should().Be(texts);
    }

    [Fact]
    public async Task Me_WhereALanguageHasATemplateAlone_TellsThatLanguage()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        await technician.PutAsync("/rescue/settings/template?language=pt-BR", new { subject = "Ajuda", text = "Abra: {{ link.url }}" });
        await technician.PutAsync("/rescue/settings/email", new { language = "pt-BR" });

        var me = await technician.GetJsonAsync("/rescue/me");

        me.Text("language").Should().Be("pt-BR");
        me.Texts("languages").Should().NotContain("pt-BR");
        me.GetProperty("sms").ValueKind.Should().Be(JsonValueKind.Null);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Me_WhileTheHostCannotSayWhoTheOrganizationIs_TellsTheRest(bool answers)
    {
        var fails = false;
        await using var product = await TestProduct.StartAsync(
            options => options.FindOrganization = (_, _) =>
            {
                if (!fails)
                    return default;
                return answers ? throw new HttpRequestException("The directory is away.") : new(new TaskCompletionSource<FoundOrganization?>().Task);
            },
            asleep: true,
            add: rescue => rescue.AddSms<SmsTests.Gateway>());
        var technician = product.Technician();
        await technician.PutAsync("/rescue/settings/email", new { language = "fr" });
        fails = true;
        product.Time.Advance(TimeSpan.FromSeconds(2));

        var answering = technician.GetJsonAsync("/rescue/me");
        if (!answers)
            await product.Time.PassWhenAwaitedAsync(TimeSpan.FromSeconds(4));

        var me = await answering;
        (me.Text("id"), me.GetProperty("language").ValueKind, me.GetProperty("sms").GetProperty("language").ValueKind).Should().Be(("alice", JsonValueKind.Null, JsonValueKind.Null));
        me.Texts("languages").Should().Contain("fr");
        me.Texts("rights").Should().NotBeEmpty();
    }

    [Theory]
    [InlineData("acme")]
    [InlineData("globex")]
    public async Task Me_TellsInWhichTenantTheyAre(string tenant)
    {
        await using var product = await TestProduct.StartAsync();

        (await product.Technician("alice", tenant: tenant).GetJsonAsync("/rescue/me")).Text("tenant").Should().Be(tenant);
    }

    [Theory]
    [InlineData(6)]
    [InlineData(10)]
    public async Task Me_TellsHowLongPinsAre(int digits)
    {
        await using var product = await TestProduct.StartAsync(options => options.Codes.PinLength = digits);
        var technician = product.Technician();

        (await technician.GetJsonAsync("/rescue/me")).GetProperty("pinLength").GetInt32().Should().Be(digits);

        (await technician.CreateAsync()).Text("pin").Should().HaveLength(digits);
    }
}
