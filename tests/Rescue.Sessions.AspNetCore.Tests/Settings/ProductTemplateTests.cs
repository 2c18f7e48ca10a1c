using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Email;
using Rescue.Sessions.Email.Templates;

namespace Rescue.Sessions.AspNetCore.Tests.Settings;

/// <summary>The product's own invitations, from the options to the mail.</summary>
public sealed class ProductTemplateTests
{
    private const string Route = "/rescue/settings/template";

    [Theory]
    [InlineData(null, "Our words")]
    [InlineData("en-GB", "Our words")]
    [InlineData("ja", "日本")]
    [InlineData("fr-CA", "souhaite vous aider")]
    public async Task Invite_NothingSaved_TakesTheProductsInItsLanguagesAndTheBuiltInInOthers(string? language, string words)
    {
        await using var product = await StartAsync();

        (await DraftAsync(product.Technician(), language)).Should().Contain(words);
    }

    [Fact]
    public async Task Invite_TenantHasSavedOne_TakesThatAndTheProductsAgainAfterIt()
    {
        await using var product = await StartAsync();
        var technician = product.Technician();
        await technician.PutAsync($"{Route}?language=en", new { subject = "Theirs", text = "Their words: {{ link.url }}" });

        (await DraftAsync(technician, null)).Should().Contain("Their words");
        (await DraftAsync(product.Technician(tenant: "globex"), null)).Should().Contain("Our words");
        await technician.DeleteAsync(new Uri($"{Route}?language=en", UriKind.Relative), TestContext.Current.CancellationToken);
        (await DraftAsync(technician, null)).Should().Contain("Our words");
    }

    [Fact]
    public async Task Find_NothingSaved_IsTheProductsAndSaysThatNobodySavedIt()
    {
        await using var product = await StartAsync();

        var found = await product.Technician().GetJsonAsync(Route);

        found.Text("subject").Should().StartWith("Ours");
        found.Text("html").Should().Contain("<b>");
        found.GetProperty("isDefault").GetBoolean().Should().BeTrue();
        found.GetProperty("from").ValueKind.Should().Be(JsonValueKind.Null);
        found.GetProperty("version").ValueKind.Should().Be(JsonValueKind.Null);
    }

    [Fact]
    public async Task Start_WithATemplateThatCouldNotBeSaved_NamesItsPlaceAndTheFix()
    {
        var start = () => TestProduct.StartAsync(email: options =>
        {
            options.Templates.Add(new("Fine", "{{ link.url }}"));
            options.Templates.Add(new("Hello", "Hello {{ customer.nam }}\n") { Language = "fr" });
        });

        var failure = (await start.Should().ThrowAsync<OptionsValidationException>()).Which;

        failure.Failures.Should().Contain(problem => problem.StartsWith("Email.Templates[1].Text, line 1, column ") && problem.Contains("customer.name"))
            .And.Contain(problem => problem.Contains("link.url"), "without the link nobody can join").And.NotContain(problem => problem.Contains("[0]"));
    }

    [Fact]
    public async Task Start_WithSeveralMistakes_NamesAllAtOnce()
    {
        var start = () => TestProduct.StartAsync(email: options =>
        {
            options.Templates.Add(new(null!, "{{ link.url }}"));
            options.Templates.Add(new("{{ customer.nam }}", "{{ link.url }}") { Language = "en-x" });
            options.Templates.Add(new("Bonjour", "{{ link.ur }}") { Language = "fr-CA" });
            options.Templates.Add(new("Bonjour", "{{ link.url }}") { Language = "FR-ca" });
        });

        var failure = (await start.Should().ThrowAsync<OptionsValidationException>()).Which;

        failure.Message.Should().ContainAll(
            "Email.Templates[0] lacks its subject or its text. Give it both.",
            "Email.Templates[1].Language must be a BCP 47 language tag. Set it",
            "Email.Templates[1].Subject, line 1, column",
            "Email.Templates[2].Text, line 1, column",
            "Email.Templates has fr-CA twice. Give each language one.");
    }

    [Theory]
    [InlineData(false, "Subject", "Text")]
    [InlineData(true, "Subject", "Text")]
    [InlineData(false, "Text", "Subject")]
    [InlineData(true, "Text", "Subject")]
    [InlineData(false, "Html", "Subject", "Text")]
    [InlineData(true, "Language", "Subject", "Text")]
    public async Task Start_ConfiguredEntryThatIsIncomplete_NamesItAndWhatItLacks(bool exactly, string has, params string[] lacks)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Templates:0:Subject"] = "Help", ["Templates:0:Text"] = "{{ link.url }}", [$"Templates:1:{has}"] = has == "Language" ? "fr" : "{{ link.url }}",
        }).Build();
        var start = () => TestProduct.StartAsync(email: options => configuration.Bind(options, binder => binder.ErrorOnUnknownConfiguration = exactly));

        var failure = (await start.Should().ThrowAsync<OptionsValidationException>()).Which;

        foreach (var part in lacks)
            failure.Failures.Should().Contain(problem => problem.StartsWith($"Email.Templates[1].{part}, line 1") && problem.Contains("empty"));
    }

    [Fact]
    public async Task Invite_OptionsHaveBecomeUnusable_TakesTheBuiltInAndTheLogSaysWhereToMendThem()
    {
        EmailOptions? read = null;
        await using var product = await TestProduct.StartAsync(email: options => read = options);
        read!.Templates.Add(new("Ours", "Without a link"));
        read.Templates.Add(new(null!, null!) { Language = null! });

        (await DraftAsync(product.Technician(), null)).Should().NotContain("Without a link");

        product.Faults.Warnings.Should().Contain(line => line.Contains("The template Email.Templates (en)") && line.Contains("Mend it in what AddEmail is given"));
    }

    [Fact]
    public async Task Start_WithNamesOfTheProducts_TakesThem()
    {
        await using var product = await TestProduct.StartAsync(email: options =>
        {
            options.Templates.Add(new("Ours", "{{ link.url }} {{ ticket.title }}"));
            options.Placeholders.Add("ticket.title", TemplatePlaceholderKind.Text, new Dictionary<string, string> { ["en"] = "Its title." }, "Printer", 40);
        });

        (await product.Technician().GetJsonAsync(Route)).Text("text").Should().Contain("ticket.title");
    }

    private static Task<TestProduct> StartAsync() => TestProduct.StartAsync(email: options =>
    {
        options.Templates.Add(new("Ours, {{ customer.name }}", "Our words: {{ link.url }}", "<p><b>Ours</b> <a href=\"{{ link.url }}\">here</a></p>"));
        options.Templates.Add(new("日本, {{ customer.name }}", "日本 {{ link.url }}") { Language = "ja" });
    });

    private static async Task<string> DraftAsync(HttpClient technician, string? language) => (await technician.PostAsync(
        "/rescue/sessions", new { customerName = "Ada", email = new { delivery = "defaultMailClient", language } }, HttpStatusCode.Created)).GetProperty("invitation").Text("text");
}
