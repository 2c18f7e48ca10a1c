using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Rescue.Sessions.AspNetCore.Tests.OpenApi;

/// <summary>The OpenAPI document, against which real requests and answers are held.</summary>
internal sealed class ApiContract
{
    private static readonly Lazy<Task<ApiContract>> Made = new(MakeAsync);

    private readonly ConcurrentDictionary<(string Id, int Status), bool> seen = [];

    private ApiContract(JsonElement document)
    {
        Document = document;
        Operations =
        [
            .. document.GetProperty("paths").EnumerateObject()
                .SelectMany(path => path.Value.EnumerateObject().Select(method => new ApiOperation(method.Name.ToUpperInvariant(), path.Name, method.Value)))
                .OrderBy(operation => operation.Parts),
        ];
    }

    public JsonElement Document { get; }

    public IReadOnlyList<ApiOperation> Operations { get; }

    /// <summary>Which operations have answered with which statuses.</summary>
    public IEnumerable<(string Id, int Status)> Seen => seen.Keys;

    /// <summary>The one that all tests share.</summary>
    public static Task<ApiContract> SharedAsync() => Made.Value;

    /// <summary>One that has seen nothing yet.</summary>
    public static async Task<ApiContract> FreshAsync() => new((await SharedAsync()).Document);

    /// <summary>The document of a host.</summary>
    /// <param name="services">What the host registers besides.</param>
    public static async Task<JsonElement> ReadAsync(Action<IServiceCollection>? services = null)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        // Before the library, and after: the order does not matter.
        builder.Services.AddOpenApi();
        builder.Services
            .AddRescueSessions(options => options.Codes.PublicBaseUri = new Uri(TestProduct.Base))
            .AddEmail(options => options.SenderAddress = "support@example.org")
            .AddWebhooks()
            .AddAspNetCore(options => options.Technician = _ => null);
        services?.Invoke(builder.Services);
        await using var app = builder.Build();
        app.MapRescueSessions();
        app.MapOpenApi();
        await app.StartAsync();
        using var client = app.GetTestClient();
        using var answer = await client.GetAsync("/openapi/v1.json");
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.Should().BeTrue(text);
        return JsonDocument.Parse(text).RootElement;
    }

    public ApiOperation? Find(string method, string path) => Operations.FirstOrDefault(operation => operation.IsMeantBy(method, path));

    /// <summary>Everything about an exchange that the document does not say.</summary>
    public IEnumerable<string> Problems(ApiOperation operation, string? sent, HttpResponseMessage answer, string? got)
    {
        var status = (int)answer.StatusCode;
        seen[(operation.Id, status)] = true;
        if (operation.Answer(status) is not { } declared)
            return [$"{operation.Id}: the status {status} is not declared: {got}"];
        var problems = ProblemsOfHeaders(answer, declared).ToList();
        if (operation.Method != "HEAD")
            problems.AddRange(ProblemsOfContent(answer.Content.Headers.ContentType, declared, got));
        // What comes with DELETE means nothing (RFC 9110, section 9.3.5).
        if (answer.IsSuccessStatusCode && sent is not null && operation.Method != "DELETE")
            problems.AddRange(ProblemsOfRequest(operation, sent));
        return problems.Select(problem => $"{operation.Id} {status}: {problem}");
    }

    /// <summary>What is wrong with the data of an event of a stream.</summary>
    public IEnumerable<string> ProblemsOfEvent(string id, string name, JsonElement data)
    {
        var operation = Operations.Single(operation => operation.Id == id);
        var events = ApiOperation.Content(operation.Answer(200)!.Value, "text/event-stream")!.Value.GetProperty("x-events");
        return new WireSchema(Document).Problems(data, events.GetProperty(name));
    }

    private static async Task<ApiContract> MakeAsync() => new(await ReadAsync());

    private static IEnumerable<string> ProblemsOfHeaders(HttpResponseMessage answer, JsonElement declared)
    {
        var promised = declared.TryGetProperty("headers", out var headers) ? headers.EnumerateObject().Select(header => header.Name).ToList() : [];
        // A status that has a page as well as a problem has the page's headers only with that.
        if (answer.Content.Headers.ContentType?.MediaType == "application/problem+json")
            promised.Remove("Content-Language");
        var there = answer.Headers.Concat(answer.Content.Headers).Select(header => header.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var name in promised.Where(name => !there.Contains(name)))
            yield return $"the header {name} is missing";
        foreach (var name in there.Where(name => name is "Location" or "Retry-After" or "WWW-Authenticate" or "ETag"))
        {
            if (!promised.Contains(name))
                yield return $"the header {name} is not declared";
        }
    }

    private IEnumerable<string> ProblemsOfContent(MediaTypeHeaderValue? type, JsonElement declared, string? got)
    {
        if (type is null)
            return declared.TryGetProperty("content", out _) ? ["there is no content"] : [];
        if (ApiOperation.Content(declared, type.MediaType) is not { } media)
            return [$"the type {type.MediaType} is not declared"];
        if (got is null)
            return [];
        var json = JsonDocument.Parse(got).RootElement;
        var problems = new WireSchema(Document).Problems(json, media.GetProperty("schema"));
        if (type.MediaType == "application/problem+json"
            && !declared.GetProperty("x-problem-codes").EnumerateArray().Any(code => code.GetString() == json.GetProperty("code").GetString()))
        {
            problems = problems.Append($"the code {json.GetProperty("code")} is not declared");
        }

        return problems;
    }

    private IEnumerable<string> ProblemsOfRequest(ApiOperation operation, string sent)
    {
        if (!operation.Json.TryGetProperty("requestBody", out var body))
            return sent is "" or "{}" ? [] : [$"a body was taken, and none is declared: {sent}"];
        return ApiOperation.Content(body, "application/json") is not { } media ? []
            : sent.Length == 0 ? (body.TryGetProperty("required", out var required) && required.GetBoolean() ? ["no body was sent, and one is required"] : [])
            : new WireSchema(Document, ignoresCase: true).Problems(JsonDocument.Parse(sent).RootElement, media.GetProperty("schema"), "request");
    }
}
