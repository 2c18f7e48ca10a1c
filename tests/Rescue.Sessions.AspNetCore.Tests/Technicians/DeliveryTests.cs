using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Email;
using Rescue.Sessions.Invitations;

namespace Rescue.Sessions.AspNetCore.Tests.Technicians;

public class DeliveryTests
{
    private static readonly object OnBehalf = new { customerName = "Ada", email = new { delivery = "onMyBehalf", to = "ada@example.org" } };

    [Fact]
    public async Task Create_OnBehalfWithoutAMailServer_Is400_AndADraftIsMade()
    {
        await using var product = await TestProduct.StartAsync(sends: false);
        var technician = product.Technician();

        var problem = await technician.PostAsync("/rescue/sessions", OnBehalf, HttpStatusCode.BadRequest);

        problem.GetProperty("errors").GetProperty("email.delivery")[0].GetString().Should().Contain("defaultMailClient");
        (await technician.GetJsonAsync("/rescue/sessions")).GetProperty("items").GetArrayLength().Should().Be(0);
        var draft = new { customerName = "Ada", email = new { delivery = "defaultMailClient" } };
        await technician.PostAsync("/rescue/sessions", draft, HttpStatusCode.Created);
    }

    [Theory]
    [InlineData("onMyBehalf")]
    [InlineData("defaultMailClient")]
    public async Task Create_ByATechnicianWithAWrongAddress_Is400_AndMakesNoSession(string delivery)
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician("ada lovelace");

        var problem = await technician.PostAsync(
            "/rescue/sessions", new { customerName = "Ada", email = new { delivery, to = "ada@example.org" } }, HttpStatusCode.BadRequest);

        problem.GetProperty("errors").EnumerateObject().Select(error => error.Name).Should().Equal("technician.email");
        (await technician.GetJsonAsync("/rescue/sessions")).GetProperty("items").GetArrayLength().Should().Be(0);
        product.Sent.Messages.Should().BeEmpty();
    }

    [Theory]
    [InlineData("alice@example.org")]
    [InlineData(null)]
    public async Task Draft_IsFromTheTechniciansOwnAccount_NeverFromTheOrganisations(string? address)
    {
        await using var product = await TestProduct.StartAsync(web: web => web.Technician = _ => new("alice", "Alice") { Groups = ["all"], Email = address });
        var technician = product.Technician();

        var created = await technician.PostAsync("/rescue/sessions", new { customerName = "Ada", email = new { delivery = "defaultMailClient", to = "ada@example.org" } }, HttpStatusCode.Created);
        var resent = await technician.PostAsync($"/rescue/sessions/{created.Text("id")}/resend", new { }, HttpStatusCode.OK);

        foreach (var eml in (string[])[created.GetProperty("invitation").Text("eml"), resent.GetProperty("invitation").Text("eml")])
        {
            var from = eml.Replace("\r\n ", " ", StringComparison.Ordinal).Split("\r\n").Where(line => line.StartsWith("From:", StringComparison.OrdinalIgnoreCase));
            from.Should().Equal(address is null ? [] : [$"From: \"Alice\" <{address}>"]);
            eml.Should().StartWith("X-Unsent: 1").And.NotContain("support@example.org");
        }
    }

    [Fact]
    public async Task Create_ByPin_AsksForNoAddress()
    {
        await using var product = await TestProduct.StartAsync();

        await product.Technician("ada lovelace").CreateAsync();
    }

    [Theory]
    [InlineData("/rescue/settings/template/preview")]
    [InlineData("/rescue/settings/template/test")]
    public async Task Example_ByAnAdministratorWithAWrongAddress_SaysSo(string route)
    {
        await using var product = await TestProduct.StartAsync();

        var problem = await product.Technician("ada lovelace").PostAsync(route, new { subject = "Help", text = "{{ link.url }}" }, HttpStatusCode.UnprocessableEntity);

        problem.Text("code").Should().Be("messageNotWritten");
        problem.Text("detail").Should().StartWith("Your own email address in the sign-in is not valid.");
    }

    [Fact]
    public async Task Invite_ByATechnicianWithAWrongAddress_NamesFieldAndFix()
    {
        await using var product = await TestProduct.StartAsync();
        var invitations = product.Services.GetRequiredService<EmailInvitations>();
        var session = new NewSession("Ada") { Invitation = new() { Delivery = EmailDelivery.DefaultMailClient } };

        var result = await invitations.InviteAsync(new("ada", "Ada") { Email = "nobody" }, session, TestContext.Current.CancellationToken);

        var problem = result.Outcome.Should().BeOfType<CreateSessionResult.Refused>().Which.Reason.Should().BeOfType<Refusal.Invalid>().Which.Problems.Should().ContainSingle().Which;
        problem.Field.Should().Be("technician.email");
        problem.Message.Should().Match("*no @*name@example.com*");
    }
}
