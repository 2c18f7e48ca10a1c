using System.Net;
using System.Net.Http.Headers;
using Rescue.Sessions.TestHost;

namespace HelpDesk.Tests.Pages;

/// <summary>Anybody may post to a sign-in and to a language switch: little is taken, no file, and nothing from a page of somebody else's.</summary>
public sealed class FormTests
{
    private const string UrlEncoded = "application/x-www-form-urlencoded";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/signin", false)]
    [InlineData("/signin", true)]
    [InlineData("/language", false)]
    [InlineData("/language", true)]
    public async Task Form_OverFourKilobytes_Is413(string path, bool chunked)
    {
        await using var desk = HelpDeskHost.Listening();
        using var browser = desk.CreateClient();
        using var request = Post(path, new ByteArrayContent(new byte[5_000]), UrlEncoded);
        request.Headers.TransferEncodingChunked = chunked;

        using var answer = await browser.SendAsync(request, Cancellation);

        answer.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData("/signin")]
    [InlineData("/language")]
    public async Task Files_OfManyMegabytes_AreNotTaken(string path)
    {
        await using var desk = new HelpDeskHost();
        using var browser = desk.Browser();
        var file = new FileWithoutEnd();
        using var request = Post(path, file, "multipart/form-data; boundary=b");

        using var answer = await browser.SendAsync(request, Cancellation);

        ((int)answer.StatusCode).Should().BeLessThan(500);
        file.Written.Should().BeLessThan(1_000_000);
    }

    [Theory]
    [InlineData("/signin", "technician=full")]
    [InlineData("/language", "language=fr&back=/")]
    [InlineData("/signout", "")]
    public async Task Form_OfAPageOfSomebodyElse_IsRefused(string path, string form)
    {
        await using var desk = new HelpDeskHost();
        using var browser = desk.Browser();
        using var request = Post(path, new StringContent(form), UrlEncoded);
        request.Headers.Add("Sec-Fetch-Site", "same-site");

        using var answer = await browser.SendAsync(request, Cancellation);

        answer.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        answer.Headers.Contains("Set-Cookie").Should().BeFalse();
    }

    [Theory]
    [InlineData("/signin")]
    [InlineData("/")]
    [InlineData("/settings")]
    [InlineData("/technicians")]
    public async Task Page_WithForms_SendsItsAddressToItsOwnHost_SoThatTheyHaveAnOrigin(string path)
    {
        await using var desk = new HelpDeskHost();
        using var browser = desk.Browser();
        using var signedIn = await browser.PostAsync("/signin", HelpDeskHost.Form("technician", "admin"), Cancellation);

        using var page = await browser.GetAsync(path, Cancellation);

        page.Headers.GetValues("Referrer-Policy").Should().Equal("same-origin");
    }

    private static HttpRequestMessage Post(string path, HttpContent content, string type)
    {
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return new(HttpMethod.Post, path) { Content = content };
    }

    /// <summary>A file that goes on until its reader has enough.</summary>
    private sealed class FileWithoutEnd : HttpContent
    {
        private const int Most = 40_000_000;

        public int Written { get; private set; }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync("--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\r\n\r\n"u8.ToArray(), Cancellation);
            var block = new byte[4096];
            while (Written < Most)
            {
                await stream.WriteAsync(block, Cancellation);
                await stream.FlushAsync(Cancellation);
                Written += block.Length;
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
