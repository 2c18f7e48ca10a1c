using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CsCheck;

namespace Rescue.Sessions.AspNetCore.Tests.Technicians;

public class NameTests
{
    [Fact]
    public async Task AnyName_IsEitherRefusedOrLivesOnInMailAndPage()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        var name = Gen.OneOf(Gen.String[0, 140], Gen.String[Gen.Char["<>\"'&{}\u200D\u200E\u200F\u00AD\uFEFF\uFFFE\uFFFF\u0085\u061C\u180E\u2060\uD83D\uDE00é"], 1, 40]);

        await name.SampleAsync(
            async text =>
            {
                foreach (var delivery in (string[])["onMyBehalf", "defaultMailClient"])
                {
                    // Each character escaped, so that halves of surrogate pairs reach the server too.
                    var escaped = string.Concat(text.Select(c => $"\\u{(int)c:x4}"));
                    using var body = new StringContent(
                        $$"""{"customerName":"{{escaped}}","email":{"to":"ada@example.org","delivery":"{{delivery}}"} }""", Encoding.UTF8, "application/json");
                    using var answer = await technician.PostAsync("/rescue/sessions", body);
                    if (answer.StatusCode == HttpStatusCode.BadRequest)
                        continue;
                    answer.StatusCode.Should().Be(HttpStatusCode.Created);
                    var created = await answer.Content.ReadFromJsonAsync<JsonElement>();
                    created.Text("customerName").Should().Be(text.Trim());
                    var page = await product.Anyone.GetStringAsync(new Uri(created.Text("link")).PathAndQuery);
                    WebUtility.HtmlDecode(page).Should().Contain(text.Trim());
                }
            },
            iter: 150,
            threads: 1);

        product.Faults.All.Should().BeEmpty();
    }

    [Theory]
    [InlineData("Zoë \u200DFahim\u200E")]
    [InlineData("\U0001F469\u200D\U0001F4BB")]
    public async Task Name_WithJoinersAndMarks_IsAllowed(string name)
    {
        await using var product = await TestProduct.StartAsync();

        (await product.Technician().CreateAsync(name)).Text("customerName").Should().Be(name);
    }

    [Fact]
    public async Task LongestNames_FitIntoTheMessage()
    {
        var longest = new string('W', 128);
        await using var product = await TestProduct.StartAsync(
            options => options.Organization.Name = longest,
            web => web.Technician = _ => new Technician("t", longest) { Groups = ["all"], Email = "t@example.org" });

        foreach (var delivery in (string[])["onMyBehalf", "defaultMailClient"])
        {
            await product.Technician().PostAsync(
                "/rescue/sessions", new { customerName = longest, email = new { delivery, to = "ada@example.org" } }, HttpStatusCode.Created);
        }
    }
}
