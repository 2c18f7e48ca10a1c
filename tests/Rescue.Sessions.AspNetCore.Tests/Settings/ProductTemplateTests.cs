using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Options;
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
