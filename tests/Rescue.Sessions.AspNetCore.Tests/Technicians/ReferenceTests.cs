using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Email;

namespace Rescue.Sessions.AspNetCore.Tests.Technicians;

/// <summary>A reference that no session can be without.</summary>
public sealed class ReferenceTests
{
    [Theory]
    [InlineData("""{"customerName":"Ada"}""")]
    [InlineData("""{"customerName":"Ada","reference":" "}""")]
    [InlineData("""{"customerName":"Ada","reference":"T 42"}""")]
    [InlineData("""{"customerName":"Ada","email":{"delivery":"onMyBehalf","to":"ada@example.org"}}""")]
    [InlineData("""{"customerName":"Ada","reference":"INC-2","email":{"delivery":"defaultMailClient"}}""")]
    public async Task Create_WithoutOneThatWillDo_IsAProblemOfItsField(string body)
    {
        await using var product = await StartAsync();

        var problem = await product.Technician().PostRawAsync("/rescue/sessions", body, HttpStatusCode.BadRequest);

        problem.GetProperty("errors").EnumerateObject().Should().ContainSingle().Which.Name.Should().Be("reference");
        (await product.Technician().GetJsonAsync("/rescue/sessions")).GetProperty("items").GetArrayLength().Should().Be(0);
    }

    [Fact]
    public async Task Create_WithOneThatWillDo_IsASession()
    {
        await using var product = await StartAsync();

        var created = await product.Technician().PostAsync("/rescue/sessions", new { customerName = "Ada", reference = "INC-1" }, HttpStatusCode.Created);

        created.Text("reference").Should().Be("INC-1");
    }

    [Fact]
    public async Task Create_OtherFieldsWrongToo_NamesAllAtOnce()
    {
        await using var product = await StartAsync();

        var problem = await product.Technician().PostRawAsync(
            "/rescue/sessions", """{"customerName":"","email":{"delivery":"onMyBehalf","to":"nobody"}}""", HttpStatusCode.BadRequest);

        problem.GetProperty("errors").EnumerateObject().Select(error => error.Name).Should().BeEquivalentTo(["customerName", "reference", "email.to"]);
    }

    [Fact]
    public async Task Invite_WithoutOne_IsAProblemOfItsField()
    {
        await using var product = await StartAsync();
        var technician = new Technician("alice", "Alice") { Groups = ["all"] };

        var invited = await product.Services.GetRequiredService<EmailInvitations>().InviteAsync(
            technician, new("Ada") { Invitation = new() { Delivery = Invitations.EmailDelivery.OnMyBehalf, To = "ada@example.org" } }, TestContext.Current.CancellationToken);

        invited.Outcome.Should().BeOfType<CreateSessionResult.Refused>().Which.Reason.Should().BeOfType<Refusal.Invalid>().Which.Problems.Should().ContainSingle().Which.Field.Should().Be("reference");
    }

    [Fact]
    public async Task Me_TellsWhatAReferenceMustBe()
    {
        await using var strict = await StartAsync();
        await using var lenient = await TestProduct.StartAsync();

        Rule(await strict.Technician().GetJsonAsync("/rescue/me")).Should().Be((true, "INC-1", true));
        Rule(await lenient.Technician().GetJsonAsync("/rescue/me")).Should().Be((false, null, false));

        static (bool Required, string? Example, bool Checked) Rule(JsonElement me) => me.GetProperty("reference") is var rule
            ? (rule.GetProperty("required").GetBoolean(), rule.GetProperty("example").GetString(), rule.GetProperty("checked").GetBoolean())
            : default;
    }

    private static Task<TestProduct> StartAsync() => TestProduct.StartAsync(options =>
    {
        options.References.IsRequired = true;
        options.References.Pattern = "INC-[0-9]+";
        options.References.Example = "INC-1";
        options.References.Check = (_, reference, _) => new(reference == "INC-2" ? "Ticket INC-2 is closed." : null);
    });
}
