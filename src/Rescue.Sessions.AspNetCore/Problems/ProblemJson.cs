using System.Text.Json.Serialization;
using Rescue.Sessions.Email.Templates;
using Rescue.Sessions.Json;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Presence;

namespace Rescue.Sessions.AspNetCore.Problems;

/// <summary>Problem details, which leave out what does not apply.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters =
    [
        typeof(CamelCaseEnumConverter<ProblemCode>),
        typeof(CamelCaseEnumConverter<SessionStatus>),
        typeof(CamelCaseEnumConverter<SessionEnd>),
        typeof(CamelCaseEnumConverter<SessionTrigger>),
        typeof(CamelCaseEnumConverter<ConnectionRight>),
        typeof(CamelCaseEnumConverter<MissingRightReason>),
        typeof(CamelCaseEnumConverter<TechnicianPresence>),
        typeof(CamelCaseEnumConverter<TemplatePart>),
        typeof(CamelCaseEnumConverter<TemplateProblemSeverity>),
    ])]
[JsonSerializable(typeof(Problem))]
internal sealed partial class ProblemJson : JsonSerializerContext;
