using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Rescue.Sessions.AspNetCore.Json;

/// <summary>Says of a value what it should be and what it is, in JSON's own terms and never with the value.</summary>
internal static class JsonKinds
{
    private static readonly HashSet<Type> WholeNumbers = [typeof(int), typeof(long), typeof(short), typeof(byte)];

    private static readonly HashSet<Type> Numbers = [typeof(double), typeof(decimal), typeof(float)];

    /// <summary>What is wrong with the value that the reader has come to; null when it is of the type.</summary>
    public static string? Fault(Utf8JsonReader json, JsonTypeInfo type)
    {
        var fits = type.Kind switch
        {
            JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary => json.TokenType == JsonTokenType.StartObject || IsAllowedNull(json, type),
            JsonTypeInfoKind.Enumerable => json.TokenType == JsonTokenType.StartArray || IsAllowedNull(json, type),
            _ => CanRead(json, type),
        };
        if (fits)
            return null;
        var (wanted, found) = (Wanted(type), Of(json.TokenType));
        return wanted == found ? $"This is not {wanted} that can be read" : $"This must be {wanted}, and is {found}";
    }

    public static string Of(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a text",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "true or false",
        _ => "null",
    };

    private static bool IsAllowedNull(Utf8JsonReader json, JsonTypeInfo type) => json.TokenType == JsonTokenType.Null && !type.Type.IsValueType;

    private static bool CanRead(Utf8JsonReader json, JsonTypeInfo type)
    {
        try
        {
            JsonSerializer.Deserialize(ref json, type);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Wanted(JsonTypeInfo type)
    {
        var value = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        return type.Kind switch
        {
            JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary => "an object",
            JsonTypeInfoKind.Enumerable => "an array",
            _ when value == typeof(string) => "a text",
            _ when value == typeof(bool) => "true or false",
            _ when WholeNumbers.Contains(value) => "a whole number",
            _ when Numbers.Contains(value) => "a number",
            _ when value.IsEnum => $"one of {string.Join(", ", Words(value, type))}",
            _ when value == typeof(DateTimeOffset) => "a time (RFC 3339)",
            _ => "a value of another kind",
        };
    }

    private static IEnumerable<string> Words(Type value, JsonTypeInfo type) =>
        Enum.GetValuesAsUnderlyingType(value).Cast<object>().Select(one => JsonSerializer.Serialize(Enum.ToObject(value, one), type).Trim('"'));
}
