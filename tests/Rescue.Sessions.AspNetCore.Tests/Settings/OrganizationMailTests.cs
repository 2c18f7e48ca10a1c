using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Email;
using Rescue.Sessions.Outbox;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.AspNetCore.Tests.Settings;

/// <summary>What an administrator's organisation puts into the messages of its tenant, and into no others.</summary>
public sealed class OrganizationMailTests
{
    private const string Organization = "/rescue/settings/organization";
    private const string Template = "/rescue/settings/template";

    // One pixel.
    private const string Pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Message_OfAnOrganizationWithALogo_BringsItAlong()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        await technician.PutAsync(Organization, new { logo = Pixel });

        var message = await SendAsync(product, technician, new { subject = "Help", text = "{{ link.url }}" });

        message.Logo!.MediaType.Should().Be("image/png");
        Convert.ToBase64String(message.Logo.Bytes.Span).Should().Be(Pixel);
        message.Html.Should().Contain($"src=\"cid:{message.Logo.ContentId}\" alt=\"Acme &amp; Sons\" width=\"1\" height=\"1\"").And.NotContain("http://").And.NotContain("data:");
        message.Organization!.Tenant.Should().Be("acme");
        var stranger = await SendAsync(product, product.Technician(tenant: "other"), new { subject = "Help", text = "{{ link.url }}" });
        stranger.Logo.Should().BeNull();
        stranger.Html.Should().NotContain("cid:");
    }

    [Fact]
    public async Task Message_OfAnOrganizationWithoutASender_IsTheProducts()
    {
        await using var product = await TestProduct.StartAsync(options => options.Organizations["acme"] = new() { Name = "Acme" });

        var message = await SendAsync(product, product.Technician(), new { subject = "Help", text = "{{ link.url }}" });

        message.From.Address.Should().Be("support@example.org");
        message.From.DisplayName.Should().Be("Name of alice, Acme");
        message.Organization!.SenderAddress.Should().Be("support@example.org");
    }

    [Fact]
    public async Task Message_ThatWaitedWhileItsOrganizationWasRemoved_IsSentAsItWasWritten()
    {
        await using var product = await TestProduct.StartAsync(asleep: true);
        var technician = product.Technician();
        await technician.PutAsync(Organization, new { name = "Globex", logo = Pixel });
        await technician.PostAsync(
            "/rescue/sessions", new { customerName = "Ada", email = new { delivery = "onMyBehalf", to = "ada@example.net" } }, HttpStatusCode.Created);
        await technician.DeleteJsonAsync(Organization);

        var now = product.Time.GetUtcNow();
        foreach (var claim in await product.Services.GetRequiredService<ISessionStore>().ClaimAsync(now, now.AddMinutes(1), 10, null, Cancellation))
            await product.Services.GetRequiredService<OutboxSender>().SendAsync(claim, Cancellation);

        var message = product.Sent.Messages.Should().ContainSingle().Which;
        message.From.DisplayName.Should().Be("Name of alice, Globex");
        message.Logo.Should().NotBeNull();
        message.Organization!.Name.Should().Be("Acme & Sons", "that is what holds now");
    }

    [Fact]
    public async Task Draft_OfAnOrganizationWithALogo_BringsItAlong()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        await technician.PutAsync(Organization, new { logo = Pixel });

        var created = await technician.PostAsync(
            "/rescue/sessions", new { customerName = "Ada", email = new { delivery = "defaultMailClient", to = "ada@example.net" } }, HttpStatusCode.Created);

        created.GetProperty("invitation").Text("eml").Should().Contain("multipart/related").And.Contain(Pixel[..60]).And.Contain("Content-Id: <");
    }

    [Theory]
    [InlineData("<img src='cid:logo' alt='us'><a href='{{ link.url }}'>Open</a>", true)]
    [InlineData("<a href='{{ link.url }}'>Open</a>", false)]
    [InlineData("<p>\"cid:logo2\"</p><a href='{{ link.url }}'>Open</a>", false)]
    public async Task Message_OfTheAdministratorsHtml_BringsTheLogoWhereItIsShown(string html, bool isShown)
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        await technician.PutAsync(Organization, new { logo = Pixel });

        var message = await SendAsync(product, technician, new { subject = "Help", text = "{{ link.url }}", html });

        (message.Logo is not null).Should().Be(isShown);
        message.Html!.Contains("@logo'", StringComparison.Ordinal).Should().Be(isShown);
    }

    [Fact]
    public async Task Message_WithoutALogoThatItsHtmlShows_HasTheWordsInstead()
    {
        await using var product = await TestProduct.StartAsync();

        var message = await SendAsync(product, product.Technician(), new { subject = "Help", text = "{{ link.url }}", html = "<img src=\"cid:logo\" alt=\"us\"><p>{{ link.url }}</p>" });

        message.Logo.Should().BeNull();
        message.Html.Should().Contain("alt=\"us\"");
    }

    [Fact]
    public async Task Preview_ShowsTheLogoInItsPlace()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        await technician.PutAsync(Organization, new { logo = Pixel });

        var preview = await technician.PostAsync($"{Template}/preview", new { subject = "Help", text = "{{ link.url }}" }, HttpStatusCode.OK);

        preview.Text("html").Should().Contain($"src=\"data:image/png;base64,{Pixel}\"").And.NotContain("cid:");
    }

    [Theory]
    [InlineData(200)]
    [InlineData(7_000)]
    public async Task Preview_OfHtmlThatIsAllLogo_StaysSmall(int times)
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        await technician.PutAsync(Organization, new { logo = Pixel });
        var html = "{{ link.url }}" + string.Concat(Enumerable.Repeat("<img src=\"cid:logo\">", times));

        using var answer = await technician.PostAsync(
            $"{Template}/preview", new StringContent(JsonSerializer.Serialize(new { subject = "Help", text = "{{ link.url }}", html }), null, "application/json"),
            Cancellation);

        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        answer.StatusCode.Should().BeOneOf(HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity);
        text.Length.Should().BeLessThan(600_000);
        product.Faults.All.Should().BeEmpty();
    }

    [Fact]
    public async Task Placeholders_OfTheOrganization_ArePrintedWhereTheyAreSet()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        var template = new
        {
            subject = "Help",
            text = "{{ link.url }}\nTel. {{ organization.phone ?? 'none' }}, {{ organization.url ?? 'none' }}",
            html = "<p>{{ link.url }}</p>{{ if organization.url }}<a href=\"{{ organization.url }}\">{{ organization.phone }}</a>{{ end }}",
        };
        (await SendAsync(product, technician, template)).Text.Should().EndWith("Tel. none, none");
        await technician.PutAsync(Organization, new { phone = "+33 1 99 00 12 34", url = "https://Bücher.example/'aide'?a=1&b=2" });

        var message = await SendAsync(product, technician, template);

        const string Page = "https://xn--bcher-kva.example/%27aide%27?a=1";
        message.Text.Should().EndWith($"Tel. +33 1 99 00 12 34, {Page}&b=2");
        message.Html.Should().EndWith($"<a href=\"{Page}&amp;b=2\">+33 1 99 00 12 34</a>");
    }

    // A test message goes out at once.
    private static async Task<EmailMessage> SendAsync(TestProduct product, HttpClient technician, object template)
    {
        await technician.PostAsync($"{Template}/test", template, HttpStatusCode.OK);
        return product.Sent.Messages[^1];
    }
}
