using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Settings;

namespace Rescue.Sessions.AspNetCore.Tests.Settings;

public sealed class TemplateEndpointTests
{
    private const string Route = "/rescue/settings/template";

    [Fact]
    public async Task Find_NothingSaved_IsTheBuiltInMessageOfTheLanguage()
    {
        await using var product = await TestProduct.StartAsync();

        var french = await product.Technician().GetJsonAsync($"{Route}?language=fr-CA&platform=");
        var none = await product.Technician().GetJsonAsync(Route);

        french.Text("subject").Should().Contain("souhaite vous aider");
        french.Text("language").Should().Be("fr-CA");
        french.GetProperty("isDefault").GetBoolean().Should().BeTrue();
        french.GetProperty("from").ValueKind.Should().Be(JsonValueKind.Null);
        french.GetProperty("version").ValueKind.Should().Be(JsonValueKind.Null);
        none.Text("language").Should().Be("en");
        none.Text("text").Should().Contain("{{ link.url }}");
    }

    [Theory]
    [InlineData("en-x")]
    [InlineData("x-private")]
    [InlineData("en-US-Latn")]
    [InlineData("i-klingon")]
    public async Task Language_ThatNoBrowserTakes_IsRefusedWhereverItEnters(string language)
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();

        var template = await technician.GetJsonAsync($"{Route}?language={language}", HttpStatusCode.BadRequest);
        await technician.PutAsync($"{Route}?language={language}", Template("a", "{{ link.url }}"), HttpStatusCode.BadRequest);
        var defaults = await technician.PutAsync("/rescue/settings/email", new { language }, HttpStatusCode.BadRequest);
        var session = await technician.PostAsync(
            "/rescue/sessions", new { customerName = "Ada", email = new { delivery = "defaultMailClient", language } }, HttpStatusCode.BadRequest);

        template.GetProperty("errors").Texts("language").Should().ContainSingle().Which.Should().Contain("BCP 47");
        defaults.GetProperty("errors").Texts("language").Should().ContainSingle();
        session.GetProperty("errors").Texts("email.language").Should().ContainSingle();
    }

    [Theory]
    [InlineData("en-x", "en")]
    [InlineData("fr-CA-fr", "fr")]
    [InlineData("-", "en")]
    public async Task Language_ThatAnEarlierVersionStored_IsReadAsTheNearest(string stored, string language)
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        var settings = product.Services.GetRequiredService<ISettingsStore>();
        foreach (var (name, value) in ((string, string)[])
            [($"email-template/{stored}/any", """{"subject":"Old","text":"{{ link.url }}"}"""), ("email", $$"""{"language":"{{stored}}"}""")])
        {
            await settings.SaveAsync(
                new() { Tenant = "acme", Name = name, Value = value, By = new("ada", "Ada"), At = product.Time.GetUtcNow() },
                TestContext.Current.CancellationToken);
        }

        var list = await technician.GetJsonAsync("/rescue/settings/templates");
        var template = await technician.GetJsonAsync(Route);
        var draft = await InviteAsync(technician);

        list.GetProperty("items").GetArrayLength().Should().Be(0);
        template.Text("language").Should().StartWith(language);
        draft.GetProperty("invitation").Text("text").Should().Contain(language == "fr" ? "souhaite" : "would like");
        product.Faults.All.Should().BeEmpty();
    }

    [Fact]
    public async Task Save_Template_NextMessageSaysIt()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();

        var saved = await technician.PutAsync(Route, Template("Ours, {{ customer.name }}", "Come in: {{ link.url }}"));

        saved.GetProperty("isDefault").GetBoolean().Should().BeFalse();
        saved.GetProperty("version").GetInt64().Should().Be(1);
        saved.GetProperty("savedBy").Text("id").Should().Be("alice");
        (await technician.GetJsonAsync(Route)).Text("subject").Should().Be("Ours, {{ customer.name }}");
        var draft = await InviteAsync(technician);
        draft.GetProperty("invitation").Text("text").Should().StartWith("Come in: https://help.example.org/Customer/Code.aspx?");
        draft.GetProperty("invitation").Text("mailto").Should().Contain("subject=Ours%2C%20Ada");
    }

    [Fact]
    public async Task Save_MoreThanThereMayBe_IsRefused_AndWhatIsThereCanBeChanged()
    {
        await using var product = await TestProduct.StartAsync(email: options => options.TemplatesPerTenant = 3);
        var technician = product.Technician();
        foreach (var key in (string[])["language=fr", "language=fr&platform=windows", "language=de"])
            await technician.PutAsync($"{Route}?{key}", Template("One", "{{ link.url }}"));

        var refusal = await technician.PutAsync($"{Route}?language=nl", Template("One", "{{ link.url }}"), HttpStatusCode.Conflict);
        await technician.PutAsync($"{Route}?language=de", Template("Two", "{{ link.url }}"));

        refusal.Text("code").Should().Be("templateLimit");
        refusal.Text("detail").Should().Contain("3").And.Contain("Email.TemplatesPerTenant");
        (await technician.GetJsonAsync("/rescue/settings/templates")).GetProperty("items").EnumerateArray().Select(item => item.Text("subject")).Should().BeEquivalentTo("One", "One", "Two");
        await product.Technician(tenant: "other").PutAsync($"{Route}?language=nl", Template("One", "{{ link.url }}"));
        await technician.DeleteJsonAsync($"{Route}?language=fr");
        await technician.PutAsync($"{Route}?language=nl", Template("One", "{{ link.url }}"));
        await technician.PutAsync($"{Route}?language=fr", Template("One", "{{ link.url }}"), HttpStatusCode.Conflict);
    }

    /// <summary>What is there was saved while there might be more.</summary>
    [Fact]
    public async Task Save_WhereThereAreMoreThanThereMayBe_ChangesWhatIsThere()
    {
        await using var product = await TestProduct.StartAsync(email: options => options.TemplatesPerTenant = 1);
        var (technician, store) = (product.Technician(), product.Services.GetRequiredService<ISettingsStore>());
        foreach (var name in (string[])["email-template/fr/any", "email-template/de/any"])
        {
            await store.SaveAsync(
                new() { Tenant = "acme", Name = name, Value = """{"subject":"Old","text":"{{ link.url }}"}""", By = new("ada", "Ada"), At = product.Time.GetUtcNow() },
                TestContext.Current.CancellationToken);
        }

        (await technician.PutAsync($"{Route}?language=fr", Template("New", "{{ link.url }}"))).Text("subject").Should().Be("New");
        await technician.DeleteJsonAsync($"{Route}?language=de");
    }

    /// <summary>A name stays, and each is read with all others: whoever saves and takes back in ever more languages comes to an end too.</summary>
    [Fact]
    public async Task Save_UnderEverMoreNames_IsRefused_AndKnownOnesGoOn()
    {
        await using var product = await TestProduct.StartAsync(email: options => options.TemplatesPerTenant = 1);
        var technician = product.Technician();
        for (var i = 0; i < 10; i++)
        {
            await technician.PutAsync($"{Route}?language=en-x-{i}", Template("One", "{{ link.url }}"));
            await technician.DeleteJsonAsync($"{Route}?language=en-x-{i}");
        }

        await technician.PutAsync($"{Route}?language=en-x-10", Template("One", "{{ link.url }}"), HttpStatusCode.Conflict);
        (await technician.DeleteJsonAsync($"{Route}?language=en-x-10", HttpStatusCode.Conflict)).Text("code").Should().Be("templateLimit");

        await technician.PutAsync($"{Route}?language=en-x-3", Template("One", "{{ link.url }}"));
    }

    [Theory]
    [InlineData("fr-CA", "windows", "fr windows")]
    [InlineData("fr", "windows", "fr windows")]
    [InlineData("fr", "macos", "fr any")]
    [InlineData("fr", null, "fr any")]
    [InlineData("en", "windows", "en any")]
    [InlineData(null, "windows", "en any")]
    [InlineData("de", "windows", "möchte Ihnen helfen")]
    [InlineData("it", "android", "it any")]
    [InlineData("sv", "windows", "en any")]
    public async Task Save_SeveralSets_MessageUsesTheNearest(string? language, string? platform, string expected)
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        foreach (var (l, p) in ((string, string)[])[("fr", "windows"), ("fr", "any"), ("en", "any"), ("it", "")])
            await technician.PutAsync($"{Route}?language={l}&platform={p}", Template($"{l} {(p.Length == 0 ? "any" : p)}", "{{ link.url }}"));

        var draft = await InviteAsync(technician, language, platform);

        Uri.UnescapeDataString(draft.GetProperty("invitation").Text("mailto")).Should().Contain(expected);
    }

    [Fact]
    public async Task SaveDefaults_LanguageOfTheTenant_IsTheSecondOfTheChain()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        await technician.PutAsync("/rescue/settings/email", new { language = "fr", timeZone = "Europe/Paris" });

        (await InviteAsync(technician, "sv")).GetProperty("invitation").Text("text").Should().Contain("souhaite vous aider").And.Contain("13:20");
        (await InviteAsync(product.Technician(tenant: "other"), "sv")).GetProperty("invitation").Text("text").Should().Contain("would like to help");
        (await technician.GetJsonAsync("/rescue/settings/email")).Text("timeZone").Should().Be("Europe/Paris");
    }

    [Theory]
    [InlineData("""{"language":"not a tag"}""", "language")]
    [InlineData("""{"timeZone":"Mars/Olympus"}""", "timeZone")]
    [InlineData("""{"timeZone":"../../../../dev/zero"}""", "timeZone")]
    public async Task SaveDefaults_Unknown_NamesTheField(string body, string field)
    {
        await using var product = await TestProduct.StartAsync();

        using var answer = await product.Technician().PutAsync(
            "/rescue/settings/email", new StringContent(body, null, "application/json"), TestContext.Current.CancellationToken);

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Should().Contain($"\"{field}\":");
    }

    [Fact]
    public async Task Save_BadTemplate_Is422WithEveryProblemAndSavesNothing()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();

        var refusal = await technician.PutAsync(Route, Template("a\nb", "Hello {{ custmer.name }}\n{{ if device.mobile }}"), HttpStatusCode.UnprocessableEntity);

        var problems = refusal.GetProperty("problems").EnumerateArray().ToList();
        problems.Select(problem => problem.Text("code")).Should().BeEquivalentTo("subject-line-break", "unknown-name", "unclosed-block", "link-missing");
        var unknown = problems.Single(problem => problem.Text("code") == "unknown-name");
        unknown.Text("part").Should().Be("text");
        unknown.Text("severity").Should().Be("error");
        unknown.GetProperty("line").GetInt32().Should().Be(1);
        unknown.GetProperty("column").GetInt32().Should().Be(10);
        unknown.Text("message").Should().NotBeEmpty();
        unknown.Text("hint").Should().Contain("customer.name");
        (await technician.GetJsonAsync(Route)).GetProperty("isDefault").GetBoolean().Should().BeTrue();
    }

    [Fact]
    public async Task Preview_GoodTemplate_ShowsWhatACustomerWouldGetAndSavesNothing()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();

        var preview = await technician.PostAsync(
            $"{Route}/preview?language=fr&platform=android", Template("{{ organization.name }}: {{ if device.mobile }}mobile{{ end }}", "{{ link.url }}\n{{ link.expires_at }}"), HttpStatusCode.OK);

        preview.Text("subject").Should().Be("Acme & Sons: mobile");
        preview.Text("text").Should().StartWith("https://help.example.org/Customer/Code.aspx?").And.Contain("12:20");
        preview.Text("html").Should().Contain("lang=\"fr\"").And.Contain("Ouvrir la page d’assistance");
        preview.GetProperty("mailtoLength").GetInt32().Should().BeInRange(150, 1600);
        preview.GetProperty("problems").GetArrayLength().Should().Be(0);
        (await technician.GetJsonAsync($"{Route}?language=fr&platform=android")).GetProperty("isDefault").GetBoolean().Should().BeTrue();
    }

    [Theory]
    [InlineData("settings", "all", 5)]
    [InlineData("tenant", "all", 7)]
    [InlineData("group", "quick", 3)]
    public async Task PreviewAndTest_SayTheTimesThatHoldForARealMessage(string setBy, string group, int minutes)
    {
        await using var product = await TestProduct.StartAsync(options =>
        {
            if (setBy == "tenant")
                options.TenantTimeouts["acme"] = new() { Connecting = TimeSpan.FromMinutes(7) };
            options.Permissions.Groups.Add(new() { Name = "quick", Parent = "all", Timeouts = new() { Connecting = TimeSpan.FromMinutes(3) } });
        });
        var technician = product.Technician(group: group);
        if (setBy == "settings")
            await technician.PutAsync("/rescue/settings/timeouts", new { codeValidityMinutes = 5 });
        var template = Template("Help", "{{ link.minutes_left }} minutes: {{ link.url }}");
        await technician.PutAsync(Route, template);

        var preview = await technician.PostAsync($"{Route}/preview", template, HttpStatusCode.OK);
        await technician.PostAsync($"{Route}/test", template, HttpStatusCode.OK);

        preview.Text("text").Should().StartWith($"{minutes} minutes");
        product.Sent.Messages.Single().Text.Should().StartWith($"{minutes} minutes");
        (await InviteAsync(technician)).GetProperty("invitation").Text("text").Should().StartWith($"{minutes} minutes");
    }

    [Fact]
    public async Task Preview_LongText_WarnsThatTheMailtoIsShortened()
    {
        await using var product = await TestProduct.StartAsync();

        var preview = await product.Technician().PostAsync($"{Route}/preview", Template("Help", "{{ link.url }}\n\n" + new string('x', 2000)), HttpStatusCode.OK);

        preview.GetProperty("mailtoLength").GetInt32().Should().BeGreaterThan(2000);
        preview.GetProperty("problems")[0].Text("code").Should().Be("mailto-shortened");
        preview.GetProperty("problems")[0].Text("severity").Should().Be("warning");
    }

    [Fact]
    public async Task Preview_BadTemplate_Is422()
    {
        await using var product = await TestProduct.StartAsync();

        var refusal = await product.Technician().PostAsync($"{Route}/preview", new { }, HttpStatusCode.UnprocessableEntity);

        refusal.GetProperty("problems").EnumerateArray().Select(problem => problem.Text("code")).Should().Contain(["subject-empty", "text-empty", "link-missing"]);
    }

    [Theory]
    [InlineData("?language=x", "language")]
    [InlineData("?language=fr%0D%0A", "language")]
    [InlineData("?platform=beos", "platform")]
    public async Task AnyRoute_UnknownLanguageOrPlatform_NamesIt(string query, string field)
    {
        await using var product = await TestProduct.StartAsync();

        (await product.Technician().GetJsonAsync(Route + query, HttpStatusCode.BadRequest)).GetProperty("errors").TryGetProperty(field, out _).Should().BeTrue();
        await product.Technician().PutAsync(Route + query, Template("s", "{{ link.url }}"), HttpStatusCode.BadRequest);
        await product.Technician().DeleteJsonAsync(Route + query, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task EveryRoute_WithoutTheRight_NamesIt()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician(group: "few");
        var template = Template("s", "{{ link.url }}");

        JsonElement[] refusals =
        [
            await technician.GetJsonAsync(Route, HttpStatusCode.Forbidden),
            await technician.PutAsync(Route, template, HttpStatusCode.Forbidden),
            await technician.DeleteJsonAsync(Route, HttpStatusCode.Forbidden),
            await technician.PostAsync($"{Route}/preview", template, HttpStatusCode.Forbidden),
            await technician.PostAsync($"{Route}/test", template, HttpStatusCode.Forbidden),
            await technician.GetJsonAsync($"{Route}/history", HttpStatusCode.Forbidden),
            await technician.GetJsonAsync("/rescue/settings/templates", HttpStatusCode.Forbidden),
            await technician.GetJsonAsync("/rescue/settings/email", HttpStatusCode.Forbidden),
            await technician.PutAsync("/rescue/settings/email", new { }, HttpStatusCode.Forbidden),
            await technician.GetJsonAsync("/rescue/settings/timeouts", HttpStatusCode.Forbidden),
            await technician.PutAsync("/rescue/settings/timeouts", new { }, HttpStatusCode.Forbidden),
            await technician.GetJsonAsync("/rescue/settings/groups", HttpStatusCode.Forbidden),
            await technician.PutAsync("/rescue/settings/groups", new { groups = Array.Empty<object>() }, HttpStatusCode.Forbidden),
        ];

        refusals.Should().AllSatisfy(refusal => refusal.Texts("missingRights").Should().Equal("manageSettings"));
        (await product.Technician().GetJsonAsync(Route)).GetProperty("isDefault").GetBoolean().Should().BeTrue();
    }

    [Fact]
    public async Task Save_BasedOnAnEarlierVersion_Is409AndTellsWhoWasFaster()
    {
        await using var product = await TestProduct.StartAsync();
        await product.Technician().PutAsync(Route, Template("first", "{{ link.url }}"));

        var refusal = await product.Technician("bob").PutAsync(
            Route, new { subject = "second", text = "{{ link.url }}", version = 0 }, HttpStatusCode.Conflict);

        refusal.GetProperty("version").GetInt64().Should().Be(1);
        refusal.GetProperty("savedBy").Text("name").Should().Be("Name of alice");
        (await product.Technician().GetJsonAsync(Route)).Text("subject").Should().Be("first");
    }

    [Fact]
    public async Task Restore_AfterSaves_IsTheDefaultAgainAndTheHistoryHoldsAll()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        await technician.PutAsync(Route, Template("first", "{{ link.url }}"));
        await technician.PutAsync(Route, Template("second", "{{ link.url }}"));

        var restored = await technician.DeleteJsonAsync(Route);

        restored.GetProperty("isDefault").GetBoolean().Should().BeTrue();
        restored.GetProperty("version").GetInt64().Should().Be(3);
        var history = (await technician.GetJsonAsync($"{Route}/history")).GetProperty("items").EnumerateArray().ToList();
        history.Select(version => version.GetProperty("version").GetInt64()).Should().Equal(3, 2, 1);
        history[1].Text("subject").Should().Be("second");
        history[0].GetProperty("isDefault").GetBoolean().Should().BeTrue();
        (await InviteAsync(technician)).GetProperty("invitation").Text("text").Should().Contain("would like to help");
    }

    [Fact]
    public async Task List_SavedTemplates_WithLanguagesAndNamesForAnEditor()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        await technician.PutAsync($"{Route}?language=de", Template("Hilfe", "{{ link.url }}"));
        await technician.PutAsync($"{Route}?language=de&platform=ios", Template("Hilfe", "{{ link.url }}"));
        await technician.DeleteJsonAsync($"{Route}?language=de&platform=ios");

        var list = await technician.GetJsonAsync("/rescue/settings/templates");

        list.GetProperty("items").EnumerateArray().Should().ContainSingle().Which.Text("language").Should().Be("de");
        list.Texts("languages").Should().Equal("en", "ar", "de", "es", "fr", "nl");
        list.GetProperty("placeholders").EnumerateArray().Select(name => name.Text("name")).Should().Contain(["customer.name", "link.url", "pin.code"]);
    }

    [Fact]
    public async Task Test_GoodTemplate_GoesToTheAdministratorWithALinkThatLeadsNowhere()
    {
        await using var product = await TestProduct.StartAsync();

        var answer = await product.Technician().PostAsync($"{Route}/test", Template("Try {{ customer.name }}", "{{ link.url }}"), HttpStatusCode.OK);

        answer.Text("to").Should().Be("alice@example.org");
        var message = product.Sent.Messages.Should().ContainSingle().Which;
        message.To!.ToString().Should().Contain("alice@example.org");
        message.Subject.Should().Be("Try Ada Lovelace");
        using var landing = await product.Anyone.GetAsync(message.Link.PathAndQuery, TestContext.Current.CancellationToken);
        landing.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Test_TooOften_Is429()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        for (var i = 0; i < 10; i++)
            await technician.PostAsync($"{Route}/test", Template("Try", "{{ link.url }}"), HttpStatusCode.OK);

        await technician.PostAsync($"{Route}/test", Template("Try", "{{ link.url }}"), HttpStatusCode.TooManyRequests);

        product.Sent.Messages.Should().HaveCount(10);
    }

    [Fact]
    public async Task Template_SavedByAnotherVersion_IsPassedOverAndSaysWhatToChange()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        await SaveAsIsAsync(product, "en", """{"subject":"Old","text":"{{ customer.nickname }} {{ link.url }}","later":true}""");

        (await InviteAsync(technician)).GetProperty("invitation").Text("text").Should().Contain("would like to help");

        var shown = await technician.GetJsonAsync(Route);
        shown.Text("subject").Should().Be("Old", "its author wants to mend it");
        shown.GetProperty("problems")[0].Text("code").Should().Be("unknown-name");
    }

    [Theory]
    [InlineData("Old", "x{{ link.url }}y", "link-touched")]
    [InlineData("Old", "{{ link.url }}{{ pin.code }}", "link-touched")]
    [InlineData("{{ session.reference }}", "{{ link.url }}", "subject-can-be-empty")]
    [InlineData("Old", "{{ link.url }} {{## note }}", "unclosed-comment")]
    public async Task Template_OfTheEarlierLanguage_IsPassedOverAndSaysWhatToChange(string subject, string text, string code)
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        await SaveAsIsAsync(product, "en", JsonSerializer.Serialize(new { subject, text }));

        (await InviteAsync(technician)).GetProperty("invitation").Text("text").Should().Contain("would like to help");

        var listed = (await technician.GetJsonAsync("/rescue/settings/templates")).GetProperty("items")[0].GetProperty("problems")[0];
        listed.Text("code").Should().Be(code);
        listed.Text("hint").Should().NotBeEmpty();
        product.Faults.Warnings.Should().Contain(warning => warning.Contains("email-template/en/any") && warning.Contains(code), "the log says which is passed over");
    }

    [Theory]
    [InlineData("onMyBehalf")]
    [InlineData("defaultMailClient")]
    public async Task Create_MessageThatFailsWithItsValues_Is422AndNothingIsStoredOrSent(string delivery)
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        // The sample's year is later than this one's.
        await technician.PutAsync(Route, Template("Help", "{{ link.url }} {{ link.expires | date.add_years (-2026) | date.to_string '%Y' }}"));

        var refusal = await technician.PostAsync(
            "/rescue/sessions", new { customerName = "Ada", email = new { delivery, to = "ada@example.org" } }, HttpStatusCode.UnprocessableEntity);

        refusal.Text("code").Should().Be("messageNotWritten");
        refusal.Text("detail").Should().Contain("line 1, column 19").And.Contain("administrator").And.NotContain("ada@");
        (await technician.GetJsonAsync("/rescue/sessions")).GetProperty("items").GetArrayLength().Should().Be(0);
        await product.PassAsync(TimeSpan.FromSeconds(5));
        product.Sent.Messages.Should().BeEmpty();
        product.Faults.Warnings.Should().ContainSingle(warning => warning.Contains("line 1, column 19")).Which.Should().NotContain("Ada");
    }

    [Theory]
    [InlineData("onMyBehalf")]
    [InlineData("defaultMailClient")]
    public async Task Resend_MessageThatFailsWithItsValues_Is422AndNothingChanges(string delivery)
    {
        // Nothing is sent meanwhile, which the history would tell.
        await using var product = await TestProduct.StartAsync(asleep: true);
        var technician = product.Technician();
        var id = (await technician.PostAsync(
            "/rescue/sessions", new { customerName = "Ada", email = new { delivery, to = "ada@example.org" } }, HttpStatusCode.Created)).Text("id");
        await technician.PutAsync(Route, Template("Help", "{{ link.url }} {{ link.expires | date.add_years (-2026) | date.to_string '%Y' }}"));
        var before = await technician.GetJsonAsync($"/rescue/sessions/{id}");

        var refusal = await technician.PostAsync($"/rescue/sessions/{id}/resend", new { }, HttpStatusCode.UnprocessableEntity);

        refusal.Text("code").Should().Be("messageNotWritten");
        (await technician.GetJsonAsync($"/rescue/sessions/{id}")).GetProperty("history").GetArrayLength().Should().Be(before.GetProperty("history").GetArrayLength());
    }

    [Fact]
    public async Task Create_NameOfManyUnits_IsWritten()
    {
        await using var product = await TestProduct.StartAsync();
        var name = string.Concat(Enumerable.Repeat("😀", 100));

        var created = await product.Technician().PostAsync(
            "/rescue/sessions", new { customerName = name, email = new { delivery = "defaultMailClient" } }, HttpStatusCode.Created);

        created.GetProperty("invitation").Text("text").Should().Contain(name);
    }

    [Fact]
    public async Task Save_TooLarge_IsRefused()
    {
        await using var product = await TestProduct.StartAsync();

        await product.Technician().PutAsync(Route, Template("s", new string('x', 600 * 1024)), HttpStatusCode.RequestEntityTooLarge);
    }

    private static object Template(string subject, string text, string? html = null) => new { subject, text, html };

    private static Task<JsonElement> InviteAsync(HttpClient technician, string? language = null, string? platform = null) => technician.PostAsync(
        "/rescue/sessions",
        new { customerName = "Ada", email = new { delivery = "defaultMailClient", to = "ada@example.org", language, platform } },
        HttpStatusCode.Created);

    // As an earlier or later version of the library would have left it in the store.
    private static async Task SaveAsIsAsync(TestProduct product, string language, string json) =>
        await ((TenantSettings)product.Services.GetService(typeof(TenantSettings))!).SaveAsync(
            new() { Tenant = "acme", Name = $"email-template/{language}/any", Value = json, By = new("x", "X"), At = product.Time.GetUtcNow() },
            TestContext.Current.CancellationToken);
}
