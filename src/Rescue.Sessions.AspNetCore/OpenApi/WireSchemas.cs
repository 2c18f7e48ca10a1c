using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.OpenApi;

namespace Rescue.Sessions.AspNetCore.OpenApi;

/// <summary>
/// The schemas of what goes over the wire, made of the serializer's own metadata: a host's JSON options have no part in the wire, and so none in them.
/// </summary>
/// <param name="document">Where they are kept, each under its name.</param>
internal sealed class WireSchemas(OpenApiDocument document)
{
    // A type's name has no full stop, so that no type of the host's can be called the same.
    private const string Prefix = "Rescue.";

    /// <summary>The schema of a type.</summary>
    /// <param name="type">How it is written and read.</param>
    /// <param name="isRequest">Whether clients send it, and may leave out what is not compulsory; an answer has all of its members.</param>
    public IOpenApiSchema Of(JsonTypeInfo type, bool isRequest = false)
    {
        if (Nullable.GetUnderlyingType(type.Type) is { } value)
            type = type.Options.GetTypeInfo(value);
        return type.Kind switch
        {
            JsonTypeInfoKind.Object => Shared(NameOf(type.Type, isRequest), schema => Describe(type, isRequest, schema)),
            JsonTypeInfoKind.Enumerable => new OpenApiSchema { Type = JsonSchemaType.Array, Items = Of(ElementOf(type), isRequest) },
            JsonTypeInfoKind.Dictionary => new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalProperties = Of(ElementOf(type), isRequest) },
            _ when type.Type.IsEnum => Shared(type.Type.Name, schema => DescribeEnum(type, schema)),
            _ => Plain(type.Type),
        };
    }

    // What is both sent and answered has two shapes, and its name is the answer's.
    private static string NameOf(Type type, bool isRequest)
    {
        var name = type.Name;
        if (name.EndsWith("View", StringComparison.Ordinal))
            return name[..^4];
        if (name.EndsWith("Body", StringComparison.Ordinal))
            name = name[..^4];
        return isRequest ? $"{name}Request" : name;
    }

    private static JsonTypeInfo ElementOf(JsonTypeInfo type) => type.Options.GetTypeInfo(type.ElementType!);

    private static OpenApiSchema Plain(Type type) => type switch
    {
        _ when type == typeof(string) => new() { Type = JsonSchemaType.String },
        _ when type == typeof(bool) => new() { Type = JsonSchemaType.Boolean },
        _ when type == typeof(int) => new() { Type = JsonSchemaType.Integer, Format = "int32" },
        _ when type == typeof(long) => new() { Type = JsonSchemaType.Integer, Format = "int64" },
        _ when type == typeof(double) => new() { Type = JsonSchemaType.Number, Format = "double" },
        _ when type == typeof(DateTimeOffset) => new() { Type = JsonSchemaType.String, Format = "date-time" },
        _ when type == typeof(TimeSpan) => new() { Type = JsonSchemaType.String, Pattern = @"^-?(\d+\.)?\d{2}:\d{2}:\d{2}(\.\d{1,7})?$" },
        // Documents of which the wire promises no more than that they are objects.
        _ when type == typeof(JsonObject) => new() { Type = JsonSchemaType.Object, AdditionalProperties = new OpenApiSchema() },
        _ => throw new UnreachableException($"There is no schema for {type}."),
    };

    private static OpenApiSchema OrNull(IOpenApiSchema schema)
    {
        if (schema is not OpenApiSchema { Enum: null } own)
            return new() { OneOf = [new OpenApiSchema { Type = JsonSchemaType.Null }, schema] };
        own.Type |= JsonSchemaType.Null;
        return own;
    }

    private static TAttribute? AttributeOf<TAttribute>(JsonPropertyInfo member)
        where TAttribute : Attribute =>
        member.AttributeProvider?.GetCustomAttributes(typeof(TAttribute), inherit: true).OfType<TAttribute>().FirstOrDefault();

    // Members that are left out when they are null are never null.
    private static bool IsLeftOut(JsonPropertyInfo member) =>
        member.ShouldSerialize is not null
        || (member.Options.DefaultIgnoreCondition == JsonIgnoreCondition.WhenWritingNull && CanBeNull(member.PropertyType) && member.IsGetNullable);

    private static bool CanBeNull(Type type) => !type.IsValueType || Nullable.GetUnderlyingType(type) is not null;

    private OpenApiSchemaReference Shared(string name, Action<OpenApiSchema> describe)
    {
        var id = Prefix + name;
        if (document.Components?.Schemas?.ContainsKey(id) != true)
        {
            // It is there before it is whole, for a type may hold itself.
            var schema = new OpenApiSchema();
            document.AddComponent(id, schema);
            describe(schema);
        }

        return new(id, document);
    }

    private void Describe(JsonTypeInfo type, bool isRequest, OpenApiSchema schema)
    {
        schema.Type = JsonSchemaType.Object;
        schema.Description = type.Type.GetCustomAttribute<DescriptionAttribute>()?.Description;
        schema.Properties = new Dictionary<string, IOpenApiSchema>();
        schema.Required = new HashSet<string>();
        // An unknown member of a body is refused; an answer may get further ones.
        schema.AdditionalPropertiesAllowed = !isRequest;
        foreach (var member in type.Properties)
        {
            var isCompulsory = AttributeOf<RequiredAttribute>(member) is not null;
            var isRequired = isRequest ? isCompulsory || member.IsRequired : !IsLeftOut(member);
            var isNull = CanBeNull(member.PropertyType) && !isCompulsory && (isRequest ? member.IsSetNullable : isRequired && member.IsGetNullable);
            var value = ValueOf(member, isRequest);
            schema.Properties[member.Name] = Described(isNull ? OrNull(value) : value, member);
            if (isRequired)
                schema.Required.Add(member.Name);
        }
    }

    private IOpenApiSchema ValueOf(JsonPropertyInfo member, bool isRequest)
    {
        if (AttributeOf<EnumDataTypeAttribute>(member) is { } named)
            return Of(member.Options.GetTypeInfo(named.EnumType));
        var schema = Of(member.Options.GetTypeInfo(member.PropertyType), isRequest);
        if (schema is not OpenApiSchema own)
            return schema;
        if (AttributeOf<StringLengthAttribute>(member) is { } length)
            (own.MinLength, own.MaxLength) = (length.MinimumLength > 0 ? length.MinimumLength : null, length.MaximumLength);
        if (AttributeOf<AllowedValuesAttribute>(member) is { } allowed)
            own.Enum = [.. allowed.Values.Select(value => (JsonNode)(string)value!)];
        return own;
    }

    private static IOpenApiSchema Described(IOpenApiSchema schema, JsonPropertyInfo member)
    {
        if (AttributeOf<DescriptionAttribute>(member)?.Description is { } text)
            schema.Description = text;
        return schema;
    }

    private static void DescribeEnum(JsonTypeInfo type, OpenApiSchema schema)
    {
        schema.Type = JsonSchemaType.String;
        schema.Enum =
        [
            .. Enum.GetValuesAsUnderlyingType(type.Type).Cast<object>()
                .Select(value => JsonSerializer.SerializeToNode(Enum.ToObject(type.Type, value), type)!),
        ];
    }
}
