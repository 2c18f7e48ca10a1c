using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Rescue.Sessions.TestHost;

namespace HelpDesk.Tests;

public sealed class AnswerHeaderTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryFile_IsAskedForAnew_AndSentAgainOnlyWhenItHasChanged()
    {
        await using var desk = new HelpDeskHost();
        using var browser = desk.Browser();
        var files = FilesIn(desk.Services.GetRequiredService<IWebHostEnvironment>().WebRootFileProvider, "").ToList();

        foreach (var file in files)
        {
            using var answer = await browser.GetAsync(file, Cancellation);
            answer.StatusCode.Should().Be(HttpStatusCode.OK, file);
            answer.Headers.CacheControl.Should().BeEquivalentTo(new CacheControlHeaderValue { NoCache = true }, file);
            answer.Headers.GetValues("X-Content-Type-Options").Should().Equal(["nosniff"], file);
            using var again = new HttpRequestMessage(HttpMethod.Get, file);
            again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
            using var unchanged = await browser.SendAsync(again, Cancellation);
            unchanged.StatusCode.Should().Be(HttpStatusCode.NotModified, file);
            unchanged.Headers.CacheControl!.NoCache.Should().BeTrue(file);
        }

        files.Should().Contain("/_content/Rescue.Sessions.Components/rescue-sessions.js").And.Contain("/lang/fr.json").And.Contain("/css/site.css");
    }

    [Fact]
    public async Task EveryRoute_SaysHowLongItsAnswerMayBeKept()
    {
        await using var desk = new HelpDeskHost();
        using var browser = desk.Browser();
        using var signedIn = await browser.PostAsync("/signin", HelpDeskHost.Form("technician", "admin"), Cancellation);
        var paths = desk.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") != false)
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.Trim('/').Replace("{documentName}", "v1").Replace("{", "").Replace("}", ""))
            .Append("/none-such").Append("/js/none-such.js");

        foreach (var path in paths)
        {
            using var answer = await browser.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, Cancellation);
            answer.Headers.Should().ContainSingle(header => header.Key == "X-Content-Type-Options", path).Which.Value.Should().Equal(["nosniff"], path);
            (answer.Headers.CacheControl is { NoStore: true } or { NoCache: true }).Should().BeTrue(path);
        }
    }

    private static IEnumerable<string> FilesIn(IFileProvider root, string folder) => root.GetDirectoryContents(folder).SelectMany(entry => entry.IsDirectory
        ? FilesIn(root, $"{folder}/{entry.Name}")
        : [$"{folder}/{entry.Name}"]);
}
