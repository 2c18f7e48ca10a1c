using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Rescue.Sessions.AspNetCore.Problems;

namespace Rescue.Sessions.AspNetCore.Json;

/// <summary>Reads a small JSON body with a bound of our own, and says which field is wrong.</summary>
internal static class JsonBody
{
    // To see what else is wrong, beside a member that is unknown or given twice: for the options of each of our contexts.
    private static readonly ConcurrentDictionary<JsonSerializerOptions, JsonSerializerOptions> Lenient = [];

    /// <summary>The body, or the refusal of it. An empty body is null where <paramref name="optional"/>.</summary>
    /// <param name="context">The request.</param>
    /// <param name="type">The body's type.</param>
    /// <param name="limit">How many bytes it may have.</param>
    /// <param name="optional">Whether it may be left out.</param>
    /// <param name="validate">Finds what is wrong with the values, which is told beside what is wrong with the members; asked only where these are refused.</param>
    public static async ValueTask<(TBody? Body, IResult? Refusal)> ReadAsync<TBody>(
        HttpContext context, JsonTypeInfo<TBody> type, int limit, bool optional = false, Func<TBody, IEnumerable<FieldProblem>>? validate = null)
        where TBody : class
    {
        var request = context.Request;
        if (request.ContentLength > limit)
            return (null, ProblemResults.TooLarge(limit));
        var reader = request.BodyReader;
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync(context.RequestAborted).ConfigureAwait(false);
                if (read.Buffer.Length > limit)
                {
                    reader.AdvanceTo(read.Buffer.End);
                    return (null, ProblemResults.TooLarge(limit));
                }

                if (!read.IsCompleted)
                {
                    reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                    continue;
                }

                var answer = read.Buffer.IsEmpty && optional ? (null, null) : Parse(request, read.Buffer, type, validate);
                reader.AdvanceTo(read.Buffer.End);
                return answer;
            }
        }
        catch (BadHttpRequestException failure)
        {
            return (null, failure.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? ProblemResults.TooLarge(limit)
                : ProblemResults.Invalid("", "The body could not be read to its end."));
        }
    }

    /// <summary>The refusal of a body where none is needed; null for nothing at all and for an empty object.</summary>
    public static async ValueTask<IResult?> ReadEmptyAsync(HttpContext context, int limit) =>
        (await ReadAsync(context, EmptyJson.Default.EmptyBody, limit, optional: true).ConfigureAwait(false)).Refusal;

    private static (TBody? Body, IResult? Refusal) Parse<TBody>(HttpRequest request, ReadOnlySequence<byte> bytes, JsonTypeInfo<TBody> type, Func<TBody, IEnumerable<FieldProblem>>? validate)
        where TBody : class
    {
        // A page of any site may post a form or untyped bytes without asking; JSON it may not.
        if (!request.HasJsonContentType())
            return (null, ProblemResults.NotJson());
        // Deserializing refuses all that is wrong and stops at the first; only then is the body looked at member by member.
        if (Read(bytes, type, out var at) is { } body)
            return (body, null);
        var members = JsonMembers.Read(bytes, type);
        if (members.AreFit)
            return (null, ProblemResults.Invalid(at, "The value is not of the right type."));
        var rest = members.AreRead && validate is not null ? Read(bytes, LenientOf(type), out _) : null;
        return (null, members.Refuse(rest is null ? [] : validate!(rest)));
    }

    private static JsonTypeInfo<TBody> LenientOf<TBody>(JsonTypeInfo<TBody> type) => (JsonTypeInfo<TBody>)Lenient.GetOrAdd(
        type.Options, strict => new(strict) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip, AllowDuplicateProperties = true }).GetTypeInfo(type.Type);

    /// <summary>The body; null where it is none of the type, or not all of what was sent.</summary>
    private static TBody? Read<TBody>(ReadOnlySequence<byte> bytes, JsonTypeInfo<TBody> type, out string at)
        where TBody : class
    {
        at = "";
        try
        {
            var json = new Utf8JsonReader(bytes);
            var body = JsonSerializer.Deserialize(ref json, type);
            return json.Read() ? null : body;
        }
        catch (JsonException failure)
        {
            at = failure.Path?.TrimStart('$').TrimStart('.') ?? "";
            return null;
        }
    }
}
