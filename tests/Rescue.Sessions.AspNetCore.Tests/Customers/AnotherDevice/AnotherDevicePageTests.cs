using System.Collections;
using System.Net;
using System.Text.RegularExpressions;
using QRCoder;

namespace Rescue.Sessions.AspNetCore.Tests.Customers.AnotherDevice;

/// <summary>A link that was opened on one device and is needed on another.</summary>
public sealed partial class AnotherDevicePageTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_LiveLink_DrawsTheWholeLink_AndSaysAddressAndPin()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        var created = await technician.CreateAsync();
        var before = await technician.GetStringAsync($"/rescue/sessions/{created.Text("id")}", Cancelled);

        var page = await product.Anyone.GetStringAsync("/Customer/another-device" + new Uri(created.Text("link")).Query, Cancelled);

        Drawn(page).Should().BeEquivalentTo(Modules(created.Text("link")), options => options.WithStrictOrdering());
        page.Should().Contain(">help.example.org/Customer</p>").And.Contain($">{created.Text("pin")}</span>").And.NotContain("<script").And.NotContain("style=\"");
        page.Should().Contain(WebUtility.HtmlEncode($"/Customer/Code.aspx?Code={created.Text("pin")}&k="));
        (await technician.GetStringAsync($"/rescue/sessions/{created.Text("id")}", Cancelled)).Should().Be(before);
    }

    [Fact]
    public async Task Page_WithoutToken_TellsNothingAboutThePin()
    {
        await using var product = await TestProduct.StartAsync();
        var pin = (await product.Technician().CreateAsync()).Text("pin");
        var madeUp = pin == "111111" ? "222222" : "111111";

        var live = await product.Anyone.GetStringAsync($"/Customer/another-device?Code={pin}", Cancelled);
        var none = await product.Anyone.GetStringAsync($"/Customer/another-device?Code={madeUp}", Cancelled);

        Svg().Replace(live, "").Replace(pin, madeUp, StringComparison.Ordinal).Should().Be(Svg().Replace(none, ""));
        Drawn(live).Should().BeEquivalentTo(Modules($"https://help.example.org/Customer/Code.aspx?Code={pin}"), options => options.WithStrictOrdering());
    }

    [Fact]
    public async Task Landing_EveryDevice_LeadsToIt()
    {
        await using var product = await TestProduct.StartAsync();
        var link = new Uri((await product.Technician().CreateAsync()).Text("link"));

        foreach (var userAgent in (string[])["Mozilla/5.0 (Windows NT 10.0; Win64; x64)", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)", "curl/8.0"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, link);
            request.Headers.TryAddWithoutValidation("User-Agent", userAgent);
            using var answer = await product.Anyone.SendAsync(request, Cancelled);
            (await answer.Content.ReadAsStringAsync(Cancelled)).Should().Contain(WebUtility.HtmlEncode("/Customer/another-device" + link.Query));
        }
    }

    private static IEnumerable<string> Modules(string link)
    {
        using var code = QRCodeGenerator.GenerateQrCode(link, QRCodeGenerator.ECCLevel.M);
        return [.. code.ModuleMatrix.Select(row => string.Concat(row.Cast<bool>().Select(isDark => isDark ? '#' : '.')))];
    }

    // Reads the strokes back into modules.
    private static IEnumerable<string> Drawn(string page)
    {
        var size = int.Parse(ViewBox().Match(page).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        var rows = Enumerable.Range(0, size).Select(_ => new BitArray(size)).ToList();
        foreach (Match stroke in Stroke().Matches(page))
        {
            int[] numbers = [.. stroke.Groups.Values.Skip(1).Select(group => int.Parse(group.Value, System.Globalization.CultureInfo.InvariantCulture))];
            for (var x = numbers[0]; x < numbers[0] + numbers[2]; x++)
                rows[numbers[1]][x] = true;
        }

        return [.. rows.Select(row => string.Concat(row.Cast<bool>().Select(isDark => isDark ? '#' : '.')))];
    }

    [GeneratedRegex("viewBox=\"0 0 (\\d+) ")]
    private static partial Regex ViewBox();

    [GeneratedRegex(@"M(\d+) (\d+)\.5h(\d+)")]
    private static partial Regex Stroke();

    [GeneratedRegex("<svg.*</svg>", RegexOptions.Singleline)]
    private static partial Regex Svg();
}
