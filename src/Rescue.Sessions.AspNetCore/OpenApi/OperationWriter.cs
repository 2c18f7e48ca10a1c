using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;
using Rescue.Sessions.AspNetCore.Descriptions;
using Rescue.Sessions.AspNetCore.Json;
using Rescue.Sessions.AspNetCore.Problems;
using Rescue.Sessions.Devices;

namespace Rescue.Sessions.AspNetCore.OpenApi;

/// <summary>The parts of one operation, as its route's metadata tell them.</summary>
/// <param name="document">The document that it is part of.</param>
/// <param name="metadata">The route's metadata.</param>
/// <param name="wire">How bodies and views are written.</param>
internal sealed class OperationWriter(OpenApiDocument document, IList<object> metadata, JsonSerializerOptions wire)
{
    private const string Json = "application/json";
    private const string ProblemMedia = "application/problem+json";

    // Every body of JSON can be refused so, before the route looks at it.
    private static readonly RefusesAttribute[] BodyRefusals =
    [
        new(StatusCodes.Status400BadRequest, ProblemCode.InvalidRequest, ProblemCode.UnknownMember, ProblemCode.DuplicateMember),
        new(StatusCodes.Status413PayloadTooLarge, ProblemCode.BodyTooLarge),
        new(StatusCodes.Status415UnsupportedMediaType, ProblemCode.NotJson),
    ];

    private readonly WireSchemas schemas = new(document);
    private readonly TakesAttribute? takes = metadata.OfType<TakesAttribute>().FirstOrDefault();

    private IEnumerable<RefusesAttribute> Refusals => metadata.OfType<RefusesAttribute>().Concat(takes is null ? [] : BodyRefusals);

    /// <summary>What is read beside the body. The parts of the path are known already, a host's prefix included.</summary>
    public IList<IOpenApiParameter> Parameters(IList<IOpenApiParameter>? found)
    {
        var parts = (found ?? []).OfType<OpenApiParameter>().Where(parameter => parameter.In == ParameterLocation.Path).ToList();
        foreach (var part in parts)
        {
            var own = metadata.OfType<PartAttribute>().LastOrDefault(own => own.Name == part.Name)?.Meaning;
            if ((own ?? KnownNames.PathParts.GetValueOrDefault(part.Name!)) is not { } meaning)
                continue;
            part.Description = meaning;
            if (part.Name == "platform")
                part.Schema = schemas.Of(wire.GetTypeInfo(typeof(DevicePlatform)));
        }

        return [.. parts, .. metadata.OfType<ParameterAttribute>().Select(Parameter)];
    }

    /// <summary>The request's body; null where there is none to send.</summary>
    public IOpenApiRequestBody? Body()
    {
        if (metadata.OfType<TakesFormAttribute>().ToArray() is [_, ..] form)
        {
            var fields = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Required = form.Where(field => !field.IsOptional).Select(field => field.Field).ToHashSet(),
                Properties = form.ToDictionary(
                    field => field.Field, IOpenApiSchema (field) => new OpenApiSchema { Type = JsonSchemaType.String, Description = field.Meaning }),
            };
            return new OpenApiRequestBody { Required = true, Content = Content("application/x-www-form-urlencoded", fields) };
        }

        return takes is null || takes.Type == typeof(EmptyBody)
            ? null
            : new OpenApiRequestBody { Required = !takes.IsOptional, Content = Content(Json, Schema(takes.Type, isRequest: true)) };
    }

    /// <summary>Every answer, by status. The answer to HEAD has no content.</summary>
    public OpenApiResponses Answers(bool isHead)
    {
        var answers = new OpenApiResponses();
        foreach (var answer in metadata.OfType<AnswersAttribute>().OrderBy(answer => answer.Status))
            Add(answers, answer);
        foreach (var refusals in Refusals.GroupBy(refusal => refusal.Status).OrderBy(refusals => refusals.Key))
            Add(answers, refusals.Key, [.. refusals.SelectMany(refusal => refusal.Codes).Distinct()]);
        if (isHead)
        {
            foreach (var answer in answers.Values.OfType<OpenApiResponse>())
                answer.Content = null;
        }

        return answers;
    }

    /// <summary>The applet's or the guest's key, where a route refuses an unknown one. How technicians sign in is the host's affair, and its document's.</summary>
    public IList<OpenApiSecurityRequirement>? Security()
    {
        if (!Refusals.Any(refusal => refusal.Codes.Contains(ProblemCode.UnknownKey)))
            return null;
        var key = metadata.OfType<KeyAttribute>().Single();
        if (document.Components?.SecuritySchemes?.ContainsKey(key.Scheme) != true)
            document.AddComponent(key.Scheme, new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = key.Meaning });
        return [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(key.Scheme, document)] = [] }];
    }

    private static Dictionary<string, OpenApiMediaType> Content(string mediaType, IOpenApiSchema schema) => new() { [mediaType] = new() { Schema = schema } };

    private static OpenApiHeader Header(string name) => new()
    {
        Description = KnownNames.AnswerHeaders[name],
        Schema = new OpenApiSchema { Type = name == "Retry-After" ? JsonSchemaType.Integer : JsonSchemaType.String },
    };

    private static OpenApiResponse At(OpenApiResponses answers, int status, string meaning)
    {
        var key = status.ToString(CultureInfo.InvariantCulture);
        if (answers.TryGetValue(key, out var there) && there is OpenApiResponse known)
        {
            known.Description += $" {meaning}";
            return known;
        }

        var answer = new OpenApiResponse { Description = meaning };
        answers.Add(key, answer);
        return answer;
    }

    private IOpenApiSchema Schema(Type type, bool isRequest = false) => schemas.Of(wire.GetTypeInfo(type), isRequest);

    private void Add(OpenApiResponses answers, AnswersAttribute described)
    {
        var answer = At(answers, described.Status, described.Meaning);
        foreach (var name in described.Headers)
            (answer.Headers ??= new Dictionary<string, IOpenApiHeader>())[name] = Header(name);
        if (described.Type is { } type)
            (answer.Content ??= new Dictionary<string, OpenApiMediaType>())[Json] = new() { Schema = Schema(type) };
        else if (described.MediaType is { } mediaType)
            (answer.Content ??= new Dictionary<string, OpenApiMediaType>())[mediaType] = Text(mediaType);
    }

    // A stream's type cannot say what its events hold, so an extension does.
    private OpenApiMediaType Text(string mediaType)
    {
        var text = new OpenApiMediaType
        {
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = mediaType.StartsWith("text/", StringComparison.Ordinal) ? null : "binary" },
        };
        if (metadata.OfType<StreamsAttribute>().ToArray() is [_, ..] streams)
        {
            var events = new JsonObject();
            foreach (var stream in streams)
                events[stream.Event] = new JsonObject { ["$ref"] = $"#/components/schemas/{((OpenApiSchemaReference)Schema(stream.Type)).Reference.Id}" };
            events["ping"] = new JsonObject { ["type"] = "object", ["properties"] = new JsonObject() };
            text.Extensions = new Dictionary<string, IOpenApiExtension> { ["x-events"] = new JsonNodeExtension(events) };
        }

        return text;
    }

    private void Add(OpenApiResponses answers, int status, ProblemCode[] codes)
    {
        string[] words = [.. codes.Select(code => JsonNamingPolicy.CamelCase.ConvertName(code.ToString()))];
        var answer = At(answers, status, $"{ReasonPhrases.GetReasonPhrase(status)}: {string.Join(", ", words.Select(word => $"`{word}`"))}.");
        answer.Content ??= new Dictionary<string, OpenApiMediaType>();
        answer.Content[ProblemMedia] = new() { Schema = schemas.Of(ProblemJson.Default.Problem) };
        answer.Extensions = new Dictionary<string, IOpenApiExtension>
        {
            ["x-problem-codes"] = new JsonNodeExtension(new JsonArray([.. words.Select(word => (JsonNode)word)])),
        };
        if (codes.Any(code => code is ProblemCode.TooMany or ProblemCode.StoreUnavailable))
            (answer.Headers ??= new Dictionary<string, IOpenApiHeader>())["Retry-After"] = Header("Retry-After");
        if (codes.Contains(ProblemCode.UnknownKey))
            (answer.Headers ??= new Dictionary<string, IOpenApiHeader>())["WWW-Authenticate"] = Header("WWW-Authenticate");
    }

    private OpenApiParameter Parameter(ParameterAttribute described)
    {
        var schema = described switch
        {
            { OneOf: { } names } => Schema(names),
            { Most: > 0 } => new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Minimum = "1", Maximum = described.Most.ToString(CultureInfo.InvariantCulture) },
            _ => new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = described.MaxLength > 0 ? described.MaxLength : null },
        };
        var parameter = new OpenApiParameter
        {
            Name = described.Name,
            In = described is HeaderAttribute ? ParameterLocation.Header : ParameterLocation.Query,
            Description = described.Meaning,
            Required = described.IsRequired,
            Schema = described.IsList ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = schema } : schema,
        };
        // One value with commas, as the route reads it.
        if (described.IsList)
            parameter.Explode = false;
        return parameter;
    }
}
