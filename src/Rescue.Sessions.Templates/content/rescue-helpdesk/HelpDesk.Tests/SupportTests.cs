using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Rescue.Sessions;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Testing;

namespace HelpDesk.Tests;

public sealed class SupportTests(HelpDeskFactory factory) : IClassFixture<HelpDeskFactory>
{
    private readonly TestProduct product = TestProduct.Of(factory.Services, new Technician("ada", "Ada Lovelace") { Groups = ["administrators"] });

    [Fact]
    public async Task Technician_MailsALink_AndHelpsWhoClicksIt()
    {
        using var technician = await factory.SignInAsync();
        var made = await PostAsync(technician, "/rescue/sessions", new { customerName = "Grace", email = new { delivery = "onMyBehalf", to = "grace@example.org" } });
        await product.Clock.SettleAsync(Cancelled);

        var customer = product.Customer(product.Mail.SingleTo("grace@example.org"));
        await customer.JoinAsync(Cancelled);
        await customer.ReadyAsync(cancellationToken: Cancelled);
        var started = await PostAsync(technician, $"/rescue/sessions/{made.GetProperty("id").GetString()}/start", new { });

        Assert.Equal("active", started.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Link_AfterItsTime_IsNoLongerGood()
    {
        var session = await product.NewSession().ConnectingAsync(Cancelled);

        await product.Clock.AdvanceAsync(TimeSpan.FromMinutes(21), Cancelled);

        Assert.Equal(SessionStatus.Closed, (await session.NowAsync(Cancelled)).Status);
        using var browser = factory.CreateClient();
        using var page = await browser.GetAsync(session.Customer.Link.ToUri().PathAndQuery, Cancelled);
        Assert.NotEqual(HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public async Task Technician_InvitesAnExpert_ByALinkOfTheirOwn()
    {
        using var technician = await factory.SignInAsync();
        var session = await PostAsync(technician, "/rescue/sessions", new { customerName = "Grace" });
        var guest = await PostAsync(technician, $"/rescue/sessions/{session.GetProperty("id").GetString()}/guests", new { name = "Katherine" });

        using var expert = factory.CreateClient();
        var page = await expert.GetStringAsync(new Uri(guest.GetProperty("link").GetString()!).PathAndQuery, Cancelled);

        Assert.Contains("Grace", page, StringComparison.Ordinal);
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync(path, body, Cancelled);
        var text = await answer.Content.ReadAsStringAsync(Cancelled);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;
}
