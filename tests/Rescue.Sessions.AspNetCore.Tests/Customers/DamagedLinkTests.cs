using System.Net;
using System.Net.Http.Json;
using CsCheck;
using Rescue.Sessions.Tests.Codes;

namespace Rescue.Sessions.AspNetCore.Tests.Customers;

/// <summary>Links as mail delivers them, at every door that a link leads to.</summary>
public sealed class DamagedLinkTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/Customer/Code.aspx?i=2&Code=PIN&k=TOKEN.")]
    [InlineData("/Customer/Code.aspx?i=2&Code=PIN&k=TOKEN)")]
    [InlineData("/Customer/Code.aspx?i=2&Code=PIN&k=TOKEN%3E")]
    [InlineData("/Customer/Code.aspx?i=2&Code=PIN&k=TOKEN%20")]
    [InlineData("/Customer/Code.aspx?i=2&Code=PIN&k=TOKEN%0D%0A")]
    [InlineData("/Customer/Code.aspx?i=2&Code=PIN&k=TOKEN%E2%80%8B/")]
    [InlineData("/Customer/Code.aspx?i=2&amp;Code=PIN&amp;k=TOKEN")]
    [InlineData("/Customer/Code.aspx?i=2%26Code=PIN%26k=TOKEN")]
    [InlineData("/Customer/Code.aspx?i=3D2&Code=3DPIN&k=3DTOKEN")]
    [InlineData("/Customer/Code.aspx?i=2&Code=PIN&k=&k=TOKEN")]
    [InlineData("/Customer/Code.aspx?i=2&Code=PIN&k=TOKEN&k=TOKEN!")]
    [InlineData("/CUSTOMER/CODE.ASPX?I=2&AMP;CODE=PIN&AMP;K=UPPER")]
    [InlineData("/customer/code.aspx?i=2&code=PIN&k=TOKEN'")]
    public async Task Landing_DamagedLink_OffersTheSessionsDownload(string path)
    {
        await using var product = await TestProduct.StartAsync();
        var created = await product.Technician().CreateAsync("Ada Lovelace");

        using var answer = await product.Anyone.GetAsync(Fill(path, created), Ct);

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync(Ct)).Should().Contain("Ada Lovelace").And.Contain(WebUtility.HtmlEncode(new Uri(created.Text("link")).Query));
    }

    [Fact]
    public async Task EveryDoor_AnyDamage_LeadsToTheSession()
    {
        await using var product = await TestProduct.StartAsync();
        var created = await product.Technician().CreateAsync("Ada Lovelace");
        var (pin, token) = (created.Text("pin"), Requests.TokenOf(created));

        await LinkDamages.OfQuery(pin, token).SampleAsync(async query =>
        {
            var url = string.Concat(query.Select(c => c is ' ' or '"' or '<' or '>' or '[' or ']' or '{' or '}' or '^' or '|' or '\\' || c > '~' ? Uri.EscapeDataString(c.ToString()) : c.ToString()));
            using var page = await product.Anyone.GetAsync("/Customer/Code.aspx" + url, Ct);
            using var head = new HttpRequestMessage(HttpMethod.Head, "/customer/APPLET/linux" + url);
            using var download = await product.Anyone.SendAsync(head, Ct);
            return page.StatusCode == HttpStatusCode.OK && download.StatusCode == HttpStatusCode.OK;
        }, iter: 200, threads: 1);
    }

    [Fact]
    public async Task Join_AnyDamageOfTheToken_JoinsTheSession()
    {
        await using var product = await TestProduct.StartAsync();
        for (var round = 0; round < 50; round++)
        {
            var created = await product.Technician().CreateAsync();
            var token = LinkDamages.OfToken(Requests.TokenOf(created)).Single();

            var joined = await product.Anyone.PostAsync("/applet/join", new { token, instance = "one" }, HttpStatusCode.OK);

            joined.Text("sessionId").Should().Be(created.Text("id"));
        }
    }

    [Theory]
    [InlineData("７８３", "")]
    [InlineData("", "\u200B\u00AD")]
    [InlineData("", " \u2013 ")]
    public async Task TypedPin_AnyScript_LeadsToTheLandingPage(string script, string between)
    {
        await using var product = await TestProduct.StartAsync();
        var pin = (await product.Technician().CreateAsync()).Text("pin");
        var typed = script.Length > 0 ? string.Concat(pin.Select(digit => (char)(digit - '0' + '\uFF10'))) : pin[..3] + between + pin[3..];

        using var form = new FormUrlEncodedContent([new("Code", typed)]);
        using var answer = await product.Anyone.PostAsync("/Customer", form, Ct);
        var joined = await product.Anyone.PostAsync("/applet/join", new { pin = typed, instance = "one" }, HttpStatusCode.OK);

        answer.StatusCode.Should().Be(HttpStatusCode.SeeOther);
        joined.Text("sessionId").Should().NotBeEmpty();
    }

    private static string Fill(string path, System.Text.Json.JsonElement created) => path
        .Replace("PIN", created.Text("pin"), StringComparison.Ordinal)
        .Replace("UPPER", Requests.TokenOf(created).ToUpperInvariant(), StringComparison.Ordinal)
        .Replace("TOKEN", Requests.TokenOf(created), StringComparison.Ordinal);
}
