using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Rescue.Sessions.AspNetCore.Problems;

namespace Rescue.Sessions.AspNetCore.Json;

/// <summary>Reads a small JSON body with a bound of our own, and says which field is wrong.</summary>
internal static class JsonBody
{
    /// <summary>The body, or the refusal of it. An empty body is null where <paramref name="optional"/>.</summary>
    public static async ValueTask<(TBody? Body, IResult? Refusal)> ReadAsync<TBody>(
        HttpContext context, JsonTypeInfo<TBody> type, int limit, bool optional = false)
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

                var answer = read.Buffer.IsEmpty && optional ? (null, null) : Parse(request, read.Buffer, type);
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

    private static (TBody? Body, IResult? Refusal) Parse<TBody>(HttpRequest request, ReadOnlySequence<byte> bytes, JsonTypeInfo<TBody> type)
        where TBody : class
    {
        // A page of any site may post a form or untyped bytes without asking; JSON it may not.
        if (!request.HasJsonContentType())
            return (null, ProblemResults.NotJson());
        try
        {
            if (JsonMembers.Check(bytes, type) is { } refusal)
                return (null, refusal);
            var json = new Utf8JsonReader(bytes);
            var body = JsonSerializer.Deserialize(ref json, type);
            if (json.Read() || body is null)
                return (null, ProblemResults.Invalid("", "The body must be one JSON object."));
            return (body, null);
        }
        catch (JsonException failure)
        {
            var field = failure.Path?.TrimStart('$').TrimStart('.') ?? "";
            return (null, ProblemResults.Invalid(field, field.Length == 0 ? "The body must be one JSON object." : "The value is not of the right type."));
        }
    }
}
