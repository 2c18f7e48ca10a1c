using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Rescue.Sessions.AspNetCore.Tests.Customers;

/// <summary>What the landing page says before anybody has to trust it, and how little it costs to read.</summary>
public sealed class LandingTrustTests
{
    private const string Chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";
    private const string Mac = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_OfALink_SaysWhoAsksAboutWhat_WhatIsSeen_AndHowToCheck()
    {
        await using var product = await TestProduct.StartAsync(options => options.Organizations["acme"] = new() { Name = "Acme", Phone = "+44 20 7946 0000" });

        var page = WebUtility.HtmlDecode(await PageAsync(product, await CreateAsync(product), Chrome));

        page.Should().Contain("Name of alice from Acme").And.Contain("Reference: T-42").And.Contain("Nothing of your device can be seen before");
        page.Should().Contain("To check that this page is real: <a dir=\"ltr\" href=\"tel:+442079460000\">").And.Contain("I did not ask for this");
        page.Split("To check that this page is real").Should().HaveCount(2, "it is said once");
    }

    [Theory]
    [InlineData(null, "<bdi>Acme & Sons (windows).zip</bdi> · <bdi>1 MB</bdi></small>")]
    [InlineData("Acme Ltd <x>", "<bdi>Acme & Sons (windows).zip</bdi> · <bdi>1 MB</bdi> · <bdi>Publisher: Acme Ltd <x></bdi></small>")]
    public async Task Button_SaysNameSizeAndPublisherOfTheFile(string? publisher, string says)
    {
        await using var product = await TestProduct.StartAsync(web: options => options.AppletPublisher = publisher);
        var created = await CreateAsync(product);

        WebUtility.HtmlDecode(await PageAsync(product, created, Chrome)).Should().Contain($"Download for Windows <small>{says}");
        using var file = await product.Anyone.GetAsync("/Customer/applet/windows" + new Uri(created.Text("link")).Query, HttpCompletionOption.ResponseHeadersRead, Cancelled);
        Uri.UnescapeDataString(file.Content.Headers.ContentDisposition!.FileNameStar!).Should().Be("Acme & Sons (windows).zip");
    }

    [Fact]
    public async Task Publisher_ThatIsEmpty_StopsTheStart()
    {
        var start = () => TestProduct.StartAsync(web: options => options.AppletPublisher = " ");

        (await start.Should().ThrowAsync<OptionsValidationException>()).WithMessage("*AppletPublisher*");
    }

    [Theory]
    [InlineData(Chrome, "Chrome shows it at the top right")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0", "Edge shows it")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox shows it")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64)", "download the support program.</li>")]
    public async Task Steps_SayWhereTheBrowserPutsTheDownload(string userAgent, string says)
    {
        await using var product = await TestProduct.StartAsync();

        (await PageAsync(product, await CreateAsync(product), userAgent)).Should().Contain(says);
    }

    [Fact]
    public async Task Steps_OfAMac_NameTheDownloadsFolder_AndOfferWhatAnIPadInDisguiseNeeds()
    {
        await using var product = await TestProduct.StartAsync(web: options => options.Applets[Devices.DevicePlatform.MacOS] = options.Applets[Devices.DevicePlatform.Linux]);

        var page = await PageAsync(product, await CreateAsync(product), Mac);

        page.Should().Contain("Safari puts it into the Downloads folder").And.Contain("Download for macOS").And.Contain("Phone or tablet: join in the browser");
    }

    [Theory]
    [InlineData(Chrome)]
    [InlineData("curl/8.0")]
    public async Task Page_WithoutAnyProgram_LeadsToTheBrowser(string userAgent)
    {
        await using var product = await TestProduct.StartAsync(web: options => options.Applets.Clear());

        (await PageAsync(product, await CreateAsync(product), userAgent)).Should().Contain("/Customer/browser?").And.NotContain("/Customer/applet/");
    }

    [Theory]
    [InlineData(Chrome)]
    [InlineData("curl/8.0")]
    public async Task Page_WithoutAnyWay_SaysSo_AndWhomToAsk(string userAgent)
    {
        await using var product = await TestProduct.StartAsync(web: options =>
        {
            options.Applets.Clear();
            options.Browser.Offer = BrowserOffer.Never;
        });

        (await PageAsync(product, await CreateAsync(product), userAgent)).Should().Contain("There is no way to join from here").And.Contain("mailto:support@example.org");
    }

    [Theory]
    [InlineData("en")]
    [InlineData("ar")]
    [InlineData("de")]
    [InlineData("es")]
    [InlineData("fr")]
    [InlineData("nl")]
    public async Task Page_InEveryLanguage_IsBelow6KB_AndAsksForNothingElse(string language)
    {
        await using var product = await TestProduct.StartAsync(options => options.Organizations["acme"] = new()
        {
            Name = "Acme & Sons", Phone = "+44 20 7946 0000", Url = new("https://acme.example/support"), AccentColor = "#7a1fa2",
        });
        product.Anyone.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);

        var page = await PageAsync(product, await CreateAsync(product), Chrome);

        Encoding.UTF8.GetByteCount(page).Should().BeLessThan(language == "ar" ? 7 * 1024 : 6 * 1024);
        Compressed(page).Should().BeLessThan(3 * 1024);
        page.Should().NotContain("src=").And.NotContain("<link ").And.NotContain("url(").And.NotContain("@import");
    }

    private static int Compressed(string page)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal))
            gzip.Write(Encoding.UTF8.GetBytes(page));
        return compressed.ToArray().Length;
    }

    private static Task<JsonElement> CreateAsync(TestProduct product) =>
        product.Technician().PostAsync("/rescue/sessions", new { customerName = "Ada", reference = "T-42" }, HttpStatusCode.Created);

    private static async Task<string> PageAsync(TestProduct product, JsonElement created, string userAgent)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, created.Text("link"));
        request.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        using var answer = await product.Anyone.SendAsync(request, Cancelled);
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        return await answer.Content.ReadAsStringAsync(Cancelled);
    }
}
