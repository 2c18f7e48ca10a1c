using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Rescue.Sessions.AspNetCore.Problems;

namespace Rescue.Sessions.AspNetCore.Json;

/// <summary>
/// Holds a body against its type member by member: a misspelt one must not pass for one that was left out, which may mean a default or a reset.
/// Deserializing would stop at the first, and does not say what was meant.
/// </summary>
internal sealed class JsonMembers
{
    private readonly List<FieldProblem> problems = [];
    private ProblemCode code;

    private JsonMembers()
    {
    }

    /// <summary>The refusal of a body with unknown, repeated or missing members; null when all are as they should be.</summary>
    /// <exception cref="JsonException">The body is no JSON.</exception>
    public static IResult? Check(ReadOnlySequence<byte> body, JsonTypeInfo type)
    {
        var members = new JsonMembers();
        var json = new Utf8JsonReader(body);
        json.Read();
        members.Walk(ref json, type, "");
        return members.problems.Count == 0 ? null : ProblemResults.Invalid(members.problems, members.code);
    }

    private void Walk(ref Utf8JsonReader json, JsonTypeInfo? type, string path)
    {
        if (json.TokenType == JsonTokenType.StartObject)
        {
            WalkObject(ref json, type, path);
        }
        else if (json.TokenType == JsonTokenType.StartArray)
        {
            var element = type is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } of } ? type.Options.GetTypeInfo(of) : null;
            for (var index = 0; json.Read() && json.TokenType != JsonTokenType.EndArray; index++)
                Walk(ref json, element, $"{path}[{index}]");
        }
    }

    private void WalkObject(ref Utf8JsonReader json, JsonTypeInfo? type, string path)
    {
        var known = type?.Kind == JsonTypeInfoKind.Object ? type.Properties : null;
        var given = new HashSet<string>(StringComparer.Ordinal);
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            var name = NameOf(in json);
            var member = known?.FirstOrDefault(property => property.Name == name);
            var at = path.Length == 0 ? name : $"{path}.{name}";
            if (known is not null && member is null)
                Add(ProblemCode.UnknownMember, at, Unknown(name, known));
            else if (!given.Add(name))
                Add(ProblemCode.DuplicateMember, at, $"'{name}' is given more than once. Give it once.");
            json.Read();
            Walk(ref json, member is null ? null : type!.Options.GetTypeInfo(member.PropertyType), at);
        }

        foreach (var missing in known?.Where(property => property.IsRequired && !given.Contains(property.Name)) ?? [])
        {
            Add(
                ProblemCode.MissingMember,
                path.Length == 0 ? missing.Name : $"{path}.{missing.Name}",
                $"'{missing.Name}' is missing. To go back to the default, send null or DELETE.");
        }
    }

    private static string NameOf(in Utf8JsonReader json)
    {
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException failure)
        {
            throw new JsonException("A member's name is no text.", failure);
        }
    }

    private static string Unknown(string name, IList<JsonPropertyInfo> known) =>
        Spelling.Nearest(name, known.Select(property => property.Name)) is { } nearest
            ? $"There is no member '{name}'. Did you mean '{nearest}'?"
            : known.Count == 0 ? $"There is no member '{name}'. Send an empty body, or {{}}."
            : $"There is no member '{name}'. There are: {string.Join(", ", known.Select(property => property.Name))}.";

    // What is unknown is told first: it is mostly what is missing elsewhere.
    private void Add(ProblemCode kind, string field, string message)
    {
        if (problems.Count == 0 || kind < code)
            code = kind;
        problems.Add(new(field, message));
    }
}
