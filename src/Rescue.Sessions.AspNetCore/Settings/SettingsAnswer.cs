using System.Diagnostics;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Rescue.Sessions.AspNetCore.Problems;
using Rescue.Sessions.Settings;

namespace Rescue.Sessions.AspNetCore.Settings;

/// <summary>The answers that all settings share.</summary>
internal static class SettingsAnswer
{
    /// <summary>The most bytes of a body: three parts of 64 KB, each byte escaped.</summary>
    public const int MaxBody = 512 * 1024;

    /// <summary>The refusal of a body that sets nothing: it must not pass for a reset.</summary>
    public static IResult Nothing(string example) => ProblemResults.Invalid(
        [new FieldProblem("", $"Nothing is set. Give at least one member, such as '{example}'; null or DELETE goes back to the default.")],
        ProblemCode.MissingMember);

    public static IResult Of<TValue, TView>(HttpContext context, SettingsRead<TValue> read, JsonTypeInfo<TView> type, Func<TValue, SettingVersion?, TView> view) => read switch
    {
        SettingsRead<TValue>.Found found => TypedResults.Json(view(found.Value, found.Version), type),
        SettingsRead<TValue>.Refused refused => ProblemResults.Of(context, refused.Reason),
        _ => throw new UnreachableException(),
    };

    public static IResult Of<TView>(HttpContext context, SettingsSave save, JsonTypeInfo<TView> type, Func<SettingVersion, TView> view) => save switch
    {
        SettingsSave.Saved saved => TypedResults.Json(view(saved.Version), type),
        SettingsSave.Refused refused => ProblemResults.Of(context, refused.Reason),
        _ => throw new UnreachableException(),
    };
}
