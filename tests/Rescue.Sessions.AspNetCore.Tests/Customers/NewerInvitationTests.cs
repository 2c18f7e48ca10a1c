using System.Net;
using System.Text.Json;

namespace Rescue.Sessions.AspNetCore.Tests.Customers;

/// <summary>A customer who opens an old message when a newer one is there.</summary>
public sealed class NewerInvitationTests
{
    private const string Note = "There is a newer invitation";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("live", "ada@example.org")]
    [InlineData("live", "ADA@example.org")]
    [InlineData("expired", "ada@example.org")]
    [InlineData("revoked", "ada@example.org")]
    [InlineData("used", "ada@example.org")]
    public async Task OldLink_NewerCodeForTheSameAddress_SaysSo_WhateverBecameOfTheOldOne(string state, string address)
    {
        await using var product = await TestProduct.StartAsync();
        var old = await InviteAsync(product, "ada@example.org");
        await SpoilAsync(product, old, state);
        product.Time.Advance(TimeSpan.FromSeconds(1));
        var newer = await InviteAsync(product, address);

        (await PageAsync(product, old)).Should().Contain(Note);
        (await PageAsync(product, newer)).Should().NotContain(Note);
    }

    [Fact]
    public async Task OldLink_SameCodeSentAgain_OpensWithoutAWord()
    {
        await using var product = await TestProduct.StartAsync();
        var old = await InviteAsync(product, "ada@example.org");
        await product.Technician().PostAsync($"/rescue/sessions/{old.Text("id")}/resend", null, HttpStatusCode.OK);

        (await PageAsync(product, old)).Should().NotContain(Note);
    }

    [Theory]
    [InlineData("bob@example.org", "acme")]
    [InlineData("ada@example.org", "globex")]
    public async Task OldLink_NewerCodeOfSomebodyElse_IsNotTold(string address, string tenant)
    {
        await using var product = await TestProduct.StartAsync();
        var old = await InviteAsync(product, "ada@example.org");
        product.Time.Advance(TimeSpan.FromSeconds(1));
        await InviteAsync(product, address, tenant);

        (await PageAsync(product, old)).Should().NotContain(Note);
    }

    [Fact]
    public async Task OldLink_NewerCodeThatIsOver_IsNotTold()
    {
        await using var product = await TestProduct.StartAsync();
        var old = await InviteAsync(product, "ada@example.org");
        product.Time.Advance(TimeSpan.FromSeconds(1));
        var newer = await InviteAsync(product, "ada@example.org");
        await product.Technician().PostAsync($"/rescue/sessions/{newer.Text("id")}/revoke", null, HttpStatusCode.OK);

        (await PageAsync(product, old)).Should().NotContain(Note);
    }

    [Theory]
    [InlineData("en", " (sent again)")]
    [InlineData("fr", " (nouvel envoi)")]
    [InlineData("de", " (erneut gesendet)")]
    public async Task Resend_Subject_SaysThatItRepeats(string language, string words)
    {
        await using var product = await TestProduct.StartAsync();
        var email = new { delivery = "defaultMailClient", to = "ada@example.org", language };
        var created = await product.Technician().PostAsync("/rescue/sessions", new { customerName = "Ada", email }, HttpStatusCode.Created);

        var again = await product.Technician().PostAsync($"/rescue/sessions/{created.Text("id")}/resend", null, HttpStatusCode.OK);

        var (first, second) = (SubjectOf(created), SubjectOf(again));
        second.Should().Be(first + words);
    }

    private static string SubjectOf(JsonElement view) =>
        Uri.UnescapeDataString(view.GetProperty("invitation").Text("mailto").Split("subject=")[1].Split('&')[0]);

    private static async Task<JsonElement> InviteAsync(TestProduct product, string to, string tenant = "acme") =>
        await product.Technician(tenant: tenant).PostAsync(
            "/rescue/sessions", new { customerName = "Ada", email = new { delivery = "defaultMailClient", to } }, HttpStatusCode.Created);

    private static async Task SpoilAsync(TestProduct product, JsonElement created, string state)
    {
        switch (state)
        {
            case "expired":
                await product.PassAsync(TimeSpan.FromMinutes(21));
                break;
            case "revoked":
                await product.Technician().PostAsync($"/rescue/sessions/{created.Text("id")}/revoke", null, HttpStatusCode.OK);
                break;
            case "used":
                await product.Anyone.JoinAsync(created);
                break;
        }
    }

    private static async Task<string> PageAsync(TestProduct product, JsonElement created)
    {
        using var answer = await product.Anyone.GetAsync(created.Text("link"), Ct);
        return await answer.Content.ReadAsStringAsync(Ct);
    }
}
