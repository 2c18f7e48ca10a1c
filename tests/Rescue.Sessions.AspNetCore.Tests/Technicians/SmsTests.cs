using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Outbox;
using Rescue.Sessions.Sms;

namespace Rescue.Sessions.AspNetCore.Tests.Technicians;

public sealed class SmsTests
{
    [Fact]
    public async Task Create_WithSms_ShowsWhatCarriesTheLink()
    {
        await using var product = await TestProduct.StartAsync(add: rescue => rescue.AddSms<Gateway>());
        var technician = product.Technician();

        var created = await technician.PostAsync("/rescue/sessions", new { customerName = "Ada", sms = new { to = "+49 30 901820", language = "fr" } }, HttpStatusCode.Created);

        var invitation = created.GetProperty("invitation");
        (invitation.Text("channel"), invitation.Text("delivery"), invitation.Text("to"), invitation.Text("language")).Should().Be(("sms", "onMyBehalf", "+4930901820", "fr"));
        created.Text("link").Should().Contain("&k=");
    }

    [Fact]
    public async Task Create_WithAWrongNumber_NamesTheField()
    {
        await using var product = await TestProduct.StartAsync(add: rescue => rescue.AddSms<Gateway>());

        var problem = await product.Technician().PostAsync(
            "/rescue/sessions", new { customerName = "Ada", sms = new { to = "030 901820", platform = "toaster", language = "?" } }, HttpStatusCode.BadRequest);

        problem.GetProperty("errors").EnumerateObject().Select(error => error.Name).Should().BeEquivalentTo("sms.to", "sms.platform", "sms.language");
    }

    [Fact]
    public async Task Create_WithAnUnknownMember_IsRefused()
    {
        await using var product = await TestProduct.StartAsync(add: rescue => rescue.AddSms<Gateway>());

        var problem = await product.Technician().PostAsync(
            "/rescue/sessions", new { customerName = "Ada", sms = new { to = "+4930901820", delivery = "onMyBehalf" } }, HttpStatusCode.BadRequest);

        problem.Text("code").Should().Be("unknownMember");
    }

    [Fact]
    public async Task Create_WithEmailAndSms_IsRefused()
    {
        await using var product = await TestProduct.StartAsync(add: rescue => rescue.AddSms<Gateway>());

        var problem = await product.Technician().PostAsync(
            "/rescue/sessions",
            new { customerName = "Ada", email = new { delivery = "onMyBehalf", to = "ada@example.org" }, sms = new { to = "+4930901820" } },
            HttpStatusCode.BadRequest);

        problem.GetProperty("errors").GetProperty("sms")[0].GetString().Should().Contain("not both");
    }

    [Fact]
    public async Task Create_WithoutAGateway_SaysSo()
    {
        await using var product = await TestProduct.StartAsync();

        var problem = await product.Technician().PostAsync("/rescue/sessions", new { customerName = "Ada", sms = new { to = "+4930901820" } }, HttpStatusCode.BadRequest);

        problem.GetProperty("errors").GetProperty("sms")[0].GetString().Should().Contain("no SMS");
    }

    [Fact]
    public async Task Me_SaysWhetherLinksGoBySms()
    {
        await using var with = await TestProduct.StartAsync(add: rescue => rescue.AddSms<Gateway>());
        await using var withoutGateway = await TestProduct.StartAsync(add: rescue => rescue.AddSms());
        await using var without = await TestProduct.StartAsync();

        (await with.Technician().GetJsonAsync("/rescue/me")).GetProperty("sms").Texts("languages").Should().StartWith("en").And.Contain(["fr", "nl", "ar"]);
        (await withoutGateway.Technician().GetJsonAsync("/rescue/me")).GetProperty("sms").ValueKind.Should().Be(JsonValueKind.Null);
        (await without.Technician().GetJsonAsync("/rescue/me")).GetProperty("sms").ValueKind.Should().Be(JsonValueKind.Null);
    }

    [Fact]
    public async Task Resend_OfAnSms_TakesNoDraft()
    {
        await using var product = await TestProduct.StartAsync(add: rescue => rescue.AddSms<Gateway>());
        var technician = product.Technician();
        var created = await technician.PostAsync("/rescue/sessions", new { customerName = "Ada", sms = new { to = "+4930901820" } }, HttpStatusCode.Created);
        var path = $"/rescue/sessions/{created.Text("id")}/resend";

        (await technician.PostAsync(path, null, HttpStatusCode.OK)).GetProperty("invitation").Text("channel").Should().Be("sms");
        (await technician.PostAsync(path, new { delivery = "defaultMailClient" }, HttpStatusCode.BadRequest))
            .GetProperty("errors").GetProperty("delivery")[0].GetString().Should().Contain("SMS");
    }

    public sealed class Gateway : ISmsDispatcher
    {
        public Task<OutboxOutcome> DispatchAsync(SmsMessage message, CancellationToken cancellationToken) =>
            Task.FromResult<OutboxOutcome>(new OutboxOutcome.Accepted());
    }
}
