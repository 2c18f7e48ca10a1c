using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Rescue.Sessions.AspNetCore.Tests.OpenApi;

public class OpenApiDocumentTests
{
    private static readonly Dictionary<string, Action<IServiceCollection>> Hosts = new()
    {
        ["writes snake_case, and numbers as text"] = services => services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            options.SerializerOptions.NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.WriteAsString;
        }),
        ["leaves out what is null"] = services => services.ConfigureHttpJsonOptions(options =>
            options.SerializerOptions.DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull),
        ["knows no type, as one without reflection"] = services => services.AddOptions<Microsoft.AspNetCore.Http.Json.JsonOptions>().Configure(options =>
        {
            var known = options.SerializerOptions.TypeInfoResolverChain;
            for (var index = known.Count - 1; index >= 0; index--)
            {
                if (known[index] is System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver)
                    known.RemoveAt(index);
            }
        }),
        ["adds the library twice"] = services => services.AddRescueSessions(_ => { }).AddAspNetCore(_ => { }),
    };

    public static TheoryData<string> HostNames => [.. Hosts.Keys];

    [Theory]
    [MemberData(nameof(HostNames))]
    public async Task Document_IsTheSame_WhateverTheHost(string host)
    {
        var plain = (await ApiContract.SharedAsync()).Document;

        var document = await ApiContract.ReadAsync(Hosts[host]);

        JsonNode.DeepEquals(JsonNode.Parse(document.GetRawText()), JsonNode.Parse(plain.GetRawText())).Should().BeTrue();
    }

    [Fact]
    public async Task EveryRoute_HasAnOperation_WithIdAndSummary()
    {
        await using var product = await TestProduct.StartAsync(add: rescue => rescue.AddWebhooks());
        var contract = await ApiContract.SharedAsync();
        var routes = product.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is null)
            .SelectMany(route => route.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Select(method => (Method: method, Path: $"/{route.RoutePattern.RawText!.Trim('/')}"))).ToList();

        contract.Operations.Select(operation => (operation.Method, operation.Path)).Should().BeEquivalentTo(routes);
        contract.Operations.Should().OnlyContain(operation => operation.Json.GetProperty("summary").GetString()!.EndsWith('.'));
        contract.Operations.Select(operation => operation.Id).Should().OnlyHaveUniqueItems().And.HaveCountGreaterThan(40);
    }

    [Fact]
    public async Task EveryPathPart_IsAParameter_AndEveryParameterSaysWhatItMeans()
    {
        foreach (var operation in (await ApiContract.SharedAsync()).Operations)
        {
            var parameters = operation.Json.TryGetProperty("parameters", out var given) ? given.EnumerateArray().ToList() : [];

            parameters.Where(parameter => parameter.GetProperty("in").GetString() == "path").Select(parameter => $"{{{parameter.GetProperty("name")}}}")
                .Should().BeEquivalentTo(operation.Path.Split('/').Where(part => part.StartsWith('{')), operation.Id);
            parameters.Should().NotContain(parameter => parameter.GetProperty("description").GetString()!.Length == 0, operation.Id);
        }
    }

    [Fact]
    public async Task EveryReference_LeadsSomewhere_AndEverySchemaIsReferredTo()
    {
        var document = (await ApiContract.SharedAsync()).Document;

        var referred = document.GetRawText().Split("\"#/components/schemas/").Skip(1).Select(rest => rest[..rest.IndexOf('"')]).Distinct();

        referred.Should().BeEquivalentTo(document.GetProperty("components").GetProperty("schemas").EnumerateObject().Select(schema => schema.Name));
    }

    [Theory]
    [InlineData("createSession", "Idempotency-Key")]
    [InlineData("watchSessions", "Last-Event-ID")]
    [InlineData("watchSession", "Last-Event-ID")]
    [InlineData("downloadApplet", "Range")]
    [InlineData("showLandingPage", "Accept-Language")]
    [InlineData("enterPin", "Accept-Language")]
    public async Task Header_IsDescribed(string operation, string header)
    {
        var contract = await ApiContract.SharedAsync();

        contract.Operations.Single(found => found.Id == operation).Json.GetProperty("parameters").EnumerateArray()
            .Where(parameter => parameter.GetProperty("in").GetString() == "header").Select(parameter => parameter.GetProperty("name").GetString())
            .Should().Contain(header);
    }

    [Theory]
    [InlineData("watchSessions", "session:Rescue.SessionEvent", "ping:")]
    [InlineData("watchSession", "status:Rescue.AppletStatus", "guests:Rescue.AppletStatus", "ping:")]
    [InlineData("watchAsGuest", "status:Rescue.GuestStatus", "ping:")]
    public async Task Stream_TellsAllOfItsEvents(string operation, params string[] events)
    {
        var contract = await ApiContract.SharedAsync();

        ApiOperation.Content(contract.Operations.Single(found => found.Id == operation).Answer(200)!.Value, "text/event-stream")!.Value.GetProperty("x-events").EnumerateObject()
            .Select(data => $"{data.Name}:{(data.Value.TryGetProperty("$ref", out var type) ? type.GetString()!.Split('/')[^1] : "")}").Should().Equal(events);
    }

    [Theory]
    [InlineData("/applet", "Rescue.AppletKey", "appletKey")]
    [InlineData("/guest", "Rescue.GuestKey", "guestKey")]
    public async Task Key_OfThoseWhoHaveJoined_IsTheOneThatTheirJoiningAnswers(string routes, string scheme, string member)
    {
        var contract = await ApiContract.SharedAsync();
        var own = contract.Operations.Where(operation => operation.Path.StartsWith(routes, StringComparison.Ordinal) && operation.Answer(401) is not null).ToList();

        own.Should().HaveCountGreaterThan(1);
        foreach (var operation in own)
            operation.Json.GetProperty("security")[0].EnumerateObject().Should().ContainSingle(operation.Id).Which.Name.Should().Be(scheme);
        contract.Document.GetProperty("components").GetProperty("securitySchemes").GetProperty(scheme).GetProperty("description").GetString().Should().Contain($"`{member}`");
    }

    [Theory]
    [InlineData("/applet/01/heartbeat")]
    [InlineData("/guest/01/leave")]
    public async Task UnknownKey_OfWhomever_IsCalledAKeyAlone(string path)
    {
        await using var product = await TestProduct.StartAsync();

        var refusal = await product.Anyone.PostAsync(path, null, System.Net.HttpStatusCode.Unauthorized);

        refusal.Text("code").Should().Be("unknownKey");
        refusal.Text("detail").Should().NotContain("applet");
    }

    [Fact]
    public async Task EveryEnumeration_IsWords()
    {
        var schemas = (await ApiContract.SharedAsync()).Document.GetProperty("components").GetProperty("schemas");

        string[] Words(string name) => [.. schemas.GetProperty(name).GetProperty("enum").EnumerateArray().Select(word => word.GetString()!)];

        Words("Rescue.SessionStatus").Should().Equal(
            "connecting", "waiting", "active", "onHold", "transferring", "rebooting", "reconnecting", "offline", "timedOut", "closed", "unreadable");
        Words("Rescue.DevicePlatform").Should().Equal("windows", "macos", "linux", "chromeos", "ios", "android");
        schemas.GetProperty("Rescue.SessionStatus").GetProperty("type").GetString().Should().Be("string");
    }

    [Fact]
    public async Task RequiredAndNullable_AreTheWires()
    {
        var schemas = (await ApiContract.SharedAsync()).Document.GetProperty("components").GetProperty("schemas");

        string[] Required(string name) => [.. schemas.GetProperty(name).GetProperty("required").EnumerateArray().Select(word => word.GetString()!)];

        Required("Rescue.CreateSessionRequest").Should().Equal("customerName");
        Required("Rescue.EmailRequest").Should().Equal("delivery");
        Required("Rescue.Problem").Should().BeEquivalentTo("title", "status", "code");
        Required("Rescue.Session").Should().Contain(["id", "owner", "deadline"]).And.NotContain(["pin", "link", "history", "handOver"]);
        schemas.GetProperty("Rescue.Session").GetProperty("properties").GetProperty("reference").GetProperty("type").EnumerateArray()
            .Select(type => type.GetString()).Should().BeEquivalentTo("null", "string");
        schemas.GetProperty("Rescue.Session").GetProperty("properties").GetProperty("pin").GetProperty("type").GetString().Should().Be("string");
    }
}
