using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Rescue.Sessions.AspNetCore.Problems;

namespace Rescue.Sessions.AspNetCore.Json;

/// <summary>
/// Holds a body against its type member by member: a misspelt one must not pass for one that was left out, which may mean a default or a reset.
/// Deserializing would stop at the first fault, and does not say what was meant.
/// </summary>
internal sealed class JsonMembers
{
    // Each value that is looked at in vain costs an exception, and a body can have thousands.
    private const int MostTold = 50;

    // What is unknown is told first: it is mostly what is missing elsewhere.
    private static readonly ProblemCode[] Order = [ProblemCode.UnknownMember, ProblemCode.DuplicateMember, ProblemCode.MissingMember, ProblemCode.InvalidRequest];

    private readonly ReadOnlySequence<byte> body;
    private readonly List<FieldProblem> problems = [];
    private readonly HashSet<string> given = new(StringComparer.Ordinal);
    private ProblemCode code = ProblemCode.InvalidRequest;
    private string at = "";

    private JsonMembers(ReadOnlySequence<byte> body) => this.body = body;

    /// <summary>Whether all is as it should be.</summary>
    public bool AreFit => problems.Count == 0;

    /// <summary>Whether the body is JSON, so that what is right in it can be read.</summary>
    public bool AreRead { get; private set; }

    public static JsonMembers Read(ReadOnlySequence<byte> body, JsonTypeInfo type)
    {
        var members = new JsonMembers(body);
        try
        {
            members.Walk(type);
        }
        catch (JsonException failure)
        {
            // What was found until then may only follow from it.
            members.problems.Clear();
            members.code = ProblemCode.InvalidRequest;
            members.Add(ProblemCode.InvalidRequest, "", JsonFault.Describe(body.ToArray(), failure, members.at));
        }

        return members;
    }

    /// <summary>The refusal, with the problems that were found in values too; those of members that were not given follow from the others.</summary>
    public IResult Refuse(IEnumerable<FieldProblem> values) =>
        ProblemResults.Invalid([.. problems, .. values.Where(value => given.Contains(value.Field) && !problems.Exists(problem => problem.Field == value.Field))], code);

    private void Walk(JsonTypeInfo type)
    {
        var json = new Utf8JsonReader(body);
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            var kind = JsonKinds.Of(json.TokenType);
            json.Skip();
            Add(ProblemCode.InvalidRequest, "", $"The body is {kind}. Send one JSON object, in braces.");
            return;
        }

        WalkObject(ref json, type, "");
        at = "";
        json.Read();
        AreRead = true;
    }

    private void Walk(ref Utf8JsonReader json, JsonTypeInfo? type, string path)
    {
        // Nobody has a use for what is in an unknown member, nor for more than is told; and what is below long names has places that are as long, each.
        if (type is null || problems.Count >= MostTold)
        {
            json.Skip();
        }
        else if (JsonKinds.Fault(json, type) is { } fault)
        {
            Add(ProblemCode.InvalidRequest, path, $"{fault} ({JsonPlace.Of(body.ToArray(), json.TokenStartIndex)}).");
            json.Skip();
        }
        else if (json.TokenType == JsonTokenType.StartObject)
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

    private void WalkObject(ref Utf8JsonReader json, JsonTypeInfo type, string path)
    {
        var known = type.Kind == JsonTypeInfoKind.Object ? type.Properties : null;
        var values = type is { Kind: JsonTypeInfoKind.Dictionary, ElementType: { } of } ? type.Options.GetTypeInfo(of) : null;
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            var name = NameOf(in json);
            var member = known?.FirstOrDefault(property => property.Name == name);
            at = path.Length == 0 ? name : $"{path}.{name}";
            var here = at;
            if (known is not null && member is null)
                Add(ProblemCode.UnknownMember, at, Unknown(name, known));
            else if (!names.Add(name))
                Add(ProblemCode.DuplicateMember, at, $"'{name}' is given more than once. Give it once.");
            given.Add(at);
            json.Read();
            Walk(ref json, member is { CustomConverter: null } ? type.Options.GetTypeInfo(member.PropertyType) : values, here);
        }

        foreach (var missing in known?.Where(property => property.IsRequired && !names.Contains(property.Name)) ?? [])
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

    private void Add(ProblemCode kind, string field, string message)
    {
        if (Array.IndexOf(Order, kind) < Array.IndexOf(Order, code))
            code = kind;
        if (problems.Count < MostTold)
            problems.Add(new(field, message));
    }
}
