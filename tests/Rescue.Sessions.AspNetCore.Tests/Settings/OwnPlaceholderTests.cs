using System.Net;
using System.Text.Json;
using Rescue.Sessions.Email;
using Rescue.Sessions.Email.Templates;

namespace Rescue.Sessions.AspNetCore.Tests.Settings;

/// <summary>The host's own names for templates, from the options to the mail.</summary>
public sealed class OwnPlaceholderTests
{
    private const string Route = "/rescue/settings/template";
    private const string Fifty = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
    private const string FiveHundred = Fifty + Fifty + Fifty + Fifty + Fifty + Fifty + Fifty + Fifty + Fifty + Fifty;
    private const string TooLongForAny = FiveHundred + FiveHundred + FiveHundred + FiveHundred + FiveHundred;
    private const string Ticket = "https://tickets.example.org/T-7";

    [Theory]
    [InlineData("defaultMailClient")]
    [InlineData("onMyBehalf")]
    public async Task Invite_ValuesGiven_MessageSaysThemAndSoDoesTheNext(string delivery)
    {
        await using var product = await StartAsync();
        var technician = product.Technician();
        await SaveAsync(technician);

        var created = await InviteAsync(technician, new Dictionary<string, string> { ["ticket.url"] = Ticket, ["ticket.title"] = "<b>{{ pin.code }} & \"more\"" }, delivery);
        var again = await technician.PostAsync($"/rescue/sessions/{created.Text("id")}/resend", new { delivery = "defaultMailClient" }, HttpStatusCode.OK);

        foreach (var draft in delivery == "defaultMailClient" ? new[] { created, again } : [again])
            draft.GetProperty("invitation").Text("text").Should().Contain($"Ticket: {Ticket}").And.Contain("<B>{{ PIN.CODE }} & \"MORE\"");
    }

    [Fact]
    public async Task Invite_NoValues_TheDelegateSaysThemOrTheyAreMissing()
    {
        await using var product = await StartAsync();
        var technician = product.Technician();
        await SaveAsync(technician);

        (await InviteAsync(technician, null, reference: "T-9")).GetProperty("invitation").Text("text").Should().Contain("Ticket: https://tickets.example.org/T-9");
        (await InviteAsync(technician, null)).GetProperty("invitation").Text("text").Should().Contain("Ticket: none");
    }

    [Theory]
    [InlineData("ticket.url", "https://evil.example/", "The value of ticket.url must be an address of https://tickets.example.org")]
    [InlineData("ticket.url", "javascript:alert(1)", "The value of ticket.url must be an absolute http or https address")]
    [InlineData("ticket.url", "https://tickets.example.org/\"onclick=", "must be an absolute http or https address")]
    [InlineData("ticket.title", "two\nlines", "The value of ticket.title must not contain control characters or line breaks")]
    [InlineData("ticket.name", "two\nlines", "There are: ticket.url, ticket.title")]
    [InlineData("ticket.title", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "must have at most 40 characters")]
    [InlineData("ticket.title", TooLongForAny, "The value of ticket.title must have at most 40 characters")]
    [InlineData("ticket.name", "x", "There are: ticket.url, ticket.title")]
    [InlineData("customer.name", "Bob", "There are: ticket.url, ticket.title")]
    [InlineData("ticket.title", "see evil.example", "The value of ticket.title in a message that is sent on your behalf must not hold a link or a host name")]
    public async Task Invite_WrongValue_Is400AndNamesIt(string name, string value, string message)
    {
        await using var product = await StartAsync();
        var technician = product.Technician();

        var refusal = await technician.PostAsync("/rescue/sessions", Invitation(new Dictionary<string, string> { [name] = value }, "onMyBehalf", null), HttpStatusCode.BadRequest);

        refusal.GetProperty("errors").GetProperty($"email.values.{name}").EnumerateArray().Should().ContainSingle("one sentence says it")
            .Which.GetString().Should().Contain(message);
        (await technician.GetJsonAsync("/rescue/sessions")).GetProperty("items").GetArrayLength().Should().Be(0);
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("\n")]
    public async Task Invite_DelegateGivesAWrongValue_Is422AndNothingIsStored(string reference)
    {
        await using var product = await TestProduct.StartAsync(email: options => options.Placeholders.Add(
            "ticket.url", TemplatePlaceholderKind.Link, Meaning("The ticket."), Ticket, 200, _ => $"https://tickets.example.org/{reference}"));
        var technician = product.Technician();

        var refusal = await technician.PostAsync("/rescue/sessions", Invitation(null, "defaultMailClient", null), HttpStatusCode.UnprocessableEntity);

        refusal.Text("code").Should().Be("messageNotWritten");
        refusal.Text("detail").Should().StartWith("The value of ticket.url must");
        (await technician.GetJsonAsync("/rescue/sessions")).GetProperty("items").GetArrayLength().Should().Be(0);
    }

    [Fact]
    public async Task Preview_OwnNames_ShowTheirSamples()
    {
        await using var product = await StartAsync();

        var preview = await product.Technician().PostAsync(
            $"{Route}/preview",
            new { subject = "{{ ticket.title ?? 'Help' }}", text = "{{ link.url }}\n{{ ticket.url }} {{ fields.field0 }}", html = "<a href=\"{{ ticket.url }}\">T</a> <p>{{ link.url }}</p>" },
            HttpStatusCode.OK);

        preview.Text("subject").Should().Be("Printer");
        preview.Text("text").Should().EndWith("https://tickets.example.org/T-42 Room 12");
        preview.Text("html").Should().Contain("<a href=\"https://tickets.example.org/T-42\">");
    }

    [Fact]
    public async Task List_OwnNames_AreAmongTheNamesWithTheFunctions()
    {
        await using var product = await StartAsync();

        var list = await product.Technician().GetJsonAsync("/rescue/settings/templates");

        var own = list.GetProperty("placeholders").EnumerateArray().Single(name => name.Text("name") == "ticket.url");
        own.Text("kind").Should().Be("link");
        own.Text("meaning").Should().Be("The ticket.");
        own.GetProperty("maxLength").GetInt32().Should().Be(200);
        list.GetProperty("functions").EnumerateArray().Single(function => function.Text("name") == "string.upcase").Text("prints").Should().Be("ADA LOVELACE");
    }

    [Fact]
    public void Add_WrongDeclaration_IsAMistakeThatSaysWhatIsWrong()
    {
        var placeholders = new EmailOptions().Placeholders;

        var taken = () => placeholders.Add("customer.name", TemplatePlaceholderKind.Text, Meaning("x"), "x", 10);
        var form = () => placeholders.Add("ticket", TemplatePlaceholderKind.Text, Meaning("x"), "x", 10);
        var function = () => placeholders.Add("string.mine", TemplatePlaceholderKind.Text, Meaning("x"), "x", 10);
        var sample = () => placeholders.Add("ticket.url", TemplatePlaceholderKind.Link, Meaning("x"), "no link", 10);
        var meaning = () => placeholders.Add("ticket.url", TemplatePlaceholderKind.Text, new Dictionary<string, string>(), "x", 10);

        taken.Should().Throw<ArgumentException>().WithMessage("*customer.name is taken*");
        form.Should().Throw<ArgumentException>().WithMessage("*two words*");
        function.Should().Throw<ArgumentException>().WithMessage("*is taken*");
        sample.Should().Throw<ArgumentException>().WithMessage("*sample must be an absolute*");
        meaning.Should().Throw<ArgumentException>().WithMessage("*under the key en*");
        placeholders.Should().BeEmpty();
    }

    private static Task<TestProduct> StartAsync() => TestProduct.StartAsync(email: options =>
    {
        options.Placeholders.Add(
            "ticket.url", TemplatePlaceholderKind.Link, Meaning("The ticket."), "https://tickets.example.org/T-42", 200,
            session => session.Reference is { } ticket ? $"https://tickets.example.org/{ticket}" : null);
        options.Placeholders.Add("ticket.title", TemplatePlaceholderKind.Text, Meaning("Its title."), "Printer", 40);
    });

    private static Dictionary<string, string> Meaning(string english) => new() { ["en"] = english };

    private static Task<JsonElement> SaveAsync(HttpClient technician) => technician.PutAsync(
        Route,
        new
        {
            subject = "Help",
            text = "{{ link.url }}\nTicket: {{ ticket.url ?? 'none' }}\n{{ ticket.title | string.upcase }}",
            html = "<p>{{ link.url }}</p><p>{{ ticket.title | string.upcase }}</p>",
        });

    private static object Invitation(Dictionary<string, string>? values, string delivery, string? reference) =>
        new { customerName = "Ada", reference, email = new { delivery, to = "ada@example.org", values } };

    private static Task<JsonElement> InviteAsync(
        HttpClient technician, Dictionary<string, string>? values, string delivery = "defaultMailClient", string? reference = null) =>
        technician.PostAsync("/rescue/sessions", Invitation(values, delivery, reference), HttpStatusCode.Created);
}
