using System.Net;
using System.Text.Json;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.AspNetCore.Descriptions;

namespace Rescue.Sessions.AspNetCore.Tests.Problems;

/// <summary>What routing refuses by itself says so in the form of every other refusal.</summary>
public class RouteRefusalTests
{
    [Theory]
    [InlineData("DELETE", "/rescue/sessions", "GET, POST")]
    [InlineData("PUT", "/rescue/sessions/1", "GET")]
    [InlineData("GET", "/rescue/sessions/1/start", "POST")]
    [InlineData("GET", "/rescue/sessions/1/transfer/takeBack", "POST")]
    [InlineData("POST", "/rescue/sessions/events", "GET")]
    [InlineData("POST", "/rescue/presence", "GET, PUT")]
    [InlineData("POST", "/rescue/me", "GET")]
    [InlineData("DELETE", "/rescue/customers/export", "GET")]
    [InlineData("POST", "/rescue/settings/timeouts", "GET, PUT, DELETE")]
    [InlineData("GET", "/rescue/settings/template/preview", "POST")]
    [InlineData("PUT", "/rescue/settings/history", "GET")]
    [InlineData("GET", "/applet/join", "POST")]
    [InlineData("GET", "/applet/1/heartbeat", "POST")]
    [InlineData("POST", "/applet/1/events", "GET")]
    [InlineData("PUT", "/Customer", "GET, HEAD, POST")]
    [InlineData("POST", "/Customer/Code.aspx", "GET, HEAD")]
    [InlineData("DELETE", "/Customer/applet/windows", "GET, HEAD")]
    public async Task WrongMethod_Is405_WithProblemDetailsAndAllow(string method, string path, string allowed)
    {
        await using var product = await TestProduct.StartAsync();

        using var answer = await SendAsync(product, new(method), path);

        answer.StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
        string.Join(", ", answer.Content.Headers.Allow).Should().Be(allowed);
        (await ProblemOf(answer)).Text("detail").Should().Be($"Use {allowed}.");
    }

    [Fact]
    public async Task WrongMethod_OnEveryPath_Is405_WithProblemDetails()
    {
        await using var product = await TestProduct.StartAsync();
        var paths = product.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is not null && !endpoint.RoutePattern.RawText!.Contains("{**", StringComparison.Ordinal))
            .GroupBy(endpoint => "/" + endpoint.RoutePattern.RawText!.Trim('/'), endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods).ToList();

        foreach (var path in paths)
        {
            using var answer = await SendAsync(product, HttpMethod.Patch, path.Key.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal));
            answer.StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed, path.Key);
            answer.Content.Headers.Allow.Should().BeEquivalentTo(path.SelectMany(methods => methods), path.Key);
            (await ProblemOf(answer)).Text("code").Should().Be("methodNotAllowed", path.Key);
        }

        paths.Should().HaveCountGreaterThan(40);
    }

    [Fact]
    public async Task BodyOfAnotherType_OnEveryRouteThatTakesOne_Is415_WithProblemDetails()
    {
        await using var product = await TestProduct.StartAsync();
        var routes = product.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<TakesAttribute>() is not null)
            .Select(endpoint => (Path: "/" + endpoint.RoutePattern.RawText!.TrimStart('/'), Method: endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Single())).ToList();

        foreach (var (path, method) in routes)
        {
            using var answer = await SendAsync(product, new(method), path.Replace("{id}", "1").Replace("{sessionId}", "1"), "text/plain");
            answer.StatusCode.Should().Be(HttpStatusCode.UnsupportedMediaType, path);
            (await ProblemOf(answer)).Text("detail").Should().Contain("application/json", path);
        }

        routes.Should().HaveCountGreaterThan(10);
    }

    [Theory]
    [InlineData("/rescue/sessions")]
    [InlineData("/rescue/settings/history")]
    public async Task WrongMethod_BySomebodyNotSignedIn_TellsOnlyToSignIn(string path)
    {
        await using var product = await TestProduct.StartAsync();

        using var answer = await product.Anyone.DeleteAsync(path, Cancelled);

        answer.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task HostsOwnRoutes_OnTheSamePathsAndElsewhere_AreTheirs()
    {
        await using var product = await TestProduct.StartAsync(map: app =>
        {
            app.MapDelete("/rescue/sessions", () => "the host's delete");
            app.MapMethods("/applet/{**rest}", ["GET"], () => "the host's catch-all");
            app.MapPost("/other", () => "the host's post");
        });

        (await (await SendAsync(product, HttpMethod.Delete, "/rescue/sessions")).Content.ReadAsStringAsync(Cancelled)).Should().Be("the host's delete");
        (await (await SendAsync(product, HttpMethod.Get, "/applet/join")).Content.ReadAsStringAsync(Cancelled)).Should().Be("the host's catch-all");
        using var elsewhere = await SendAsync(product, HttpMethod.Get, "/other");
        elsewhere.StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
        (await elsewhere.Content.ReadAsByteArrayAsync(Cancelled)).Should().BeEmpty();
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static Task<HttpResponseMessage> SendAsync(TestProduct product, HttpMethod method, string path, string? type = null) =>
        product.Technician().SendAsync(
            new(method, path) { Content = type is null ? null : new StringContent("{}", Encoding.UTF8, type) }, Cancelled);

    private static async Task<JsonElement> ProblemOf(HttpResponseMessage answer)
    {
        answer.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancelled)).RootElement;
        problem.Text("title").Should().NotBeEmpty();
        return problem;
    }
}
