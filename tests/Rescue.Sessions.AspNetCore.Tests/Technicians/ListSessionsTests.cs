using System.Net;
using System.Text.Json;

namespace Rescue.Sessions.AspNetCore.Tests.Technicians;

public class ListSessionsTests
{
    [Fact]
    public async Task Pages_WhileSessionsAreAdded_HaveEachEarlierOneOnce()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        var earlier = new List<string>();
        // Many in the same millisecond: only their ids tell them apart.
        for (var i = 0; i < 60; i++)
            earlier.Add((await technician.CreateAsync()).Text("id"));
        product.Time.Advance(TimeSpan.FromMilliseconds(1));

        var listed = await AllAsync(technician, "limit=7", () => technician.CreateAsync("later"));

        listed.Should().OnlyHaveUniqueItems().And.Contain(earlier);
    }

    [Fact]
    public async Task Pages_OfOneStatus_WhenSomeHaveJustExpired_LoseNone()
    {
        await using var product = await TestProduct.StartAsync(asleep: true);
        var technician = product.Technician();
        var (joined, _) = await product.Anyone.JoinAsync(await technician.CreateAsync("joined"));
        product.Time.Advance(TimeSpan.FromSeconds(1));
        var expired = new List<string>();
        for (var i = 0; i < 3; i++)
            expired.Add((await technician.CreateAsync("old")).Text("id"));
        product.Time.Advance(TimeSpan.FromMinutes(10));
        for (var i = 0; i < 3; i++)
            await technician.CreateAsync("new");
        // Nothing has recorded yet that the older ones have expired.
        product.Time.Advance(TimeSpan.FromMinutes(10));

        var listed = await AllAsync(technician, "limit=2&status=connecting");

        listed.Should().HaveCount(4).And.Contain(joined).And.NotIntersectWith(expired);
    }

    [Theory]
    [InlineData("status=1", "status")]
    [InlineData("status=connecting,nope", "status")]
    [InlineData("limit=201", "limit")]
    [InlineData("limit=-1", "limit")]
    [InlineData("limit=99999999999", "limit")]
    [InlineData("limit=x", "limit")]
    [InlineData("after=00000000000000000000000000000000", "after")]
    [InlineData("after=%00", "after")]
    public async Task Query_ThatIsWrong_NamesTheParameter(string query, string field)
    {
        await using var product = await TestProduct.StartAsync();

        var problem = await product.Technician().GetJsonAsync($"/rescue/sessions?{query}", HttpStatusCode.BadRequest);

        problem.GetProperty("errors").EnumerateObject().Select(error => error.Name).Should().Equal(field);
    }

    [Theory]
    [InlineData("search=%00")]
    [InlineData("search=%ED%A0%80")]
    [InlineData("search='%20OR%201=1%20--")]
    [InlineData("search=%25_%5B")]
    [InlineData("reference=%00")]
    [InlineData("reference=%25_%5B'--")]
    [InlineData("reference=%20&status=,,&after=&limit=")]
    public async Task Query_ThatIsOdd_IsAnswered(string query)
    {
        await using var product = await TestProduct.StartAsync();
        await product.Technician().CreateAsync();

        await product.Technician().GetJsonAsync($"/rescue/sessions?{query}");
    }

    [Fact]
    public async Task Reference_FindsTheSessionsOfATicketAndNoOthers()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        var created = new List<string>();
        foreach (var reference in (string?[])["T-42", "T-421", null, "t-42"])
            created.Add((await technician.PostAsync("/rescue/sessions", new { customerName = "Grace", reference }, HttpStatusCode.Created)).Text("id"));

        (await AllAsync(technician, "reference=%20T-42")).Should().BeEquivalentTo([created[3], created[0]]);
        (await AllAsync(technician, "search=T-42")).Should().BeEquivalentTo([created[3], created[1], created[0]]);
    }

    [Fact]
    public async Task Items_HoldNoCode()
    {
        await using var product = await TestProduct.StartAsync();
        var created = await product.Technician().CreateAsync();

        var list = (await product.Technician().GetJsonAsync("/rescue/sessions")).ToString();

        list.Should().NotContain(created.Text("pin")).And.NotContain(Requests.TokenOf(created));
    }

    private static async Task<List<string>> AllAsync(HttpClient technician, string query, Func<Task>? between = null)
    {
        var listed = new List<string>();
        string? after = null;
        do
        {
            var page = await technician.GetJsonAsync($"/rescue/sessions?{query}&after={after}");
            listed.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.Text("id")));
            after = page.GetProperty("next").GetString();
            if (between is not null)
                await between();
        }
        while (after is not null);

        return listed;
    }
}
