using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Settings;

namespace Rescue.Sessions;

/// <summary>
/// Why something was refused, whatever it was: one of <see cref="Forbidden"/>, <see cref="Invalid"/>, <see cref="TooMany"/>, <see cref="NotWritten"/>,
/// <see cref="Outdated"/>. A result carries it in its case <c>Refused</c>, beside what nothing else can come to.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "refusal")]
[JsonDerivedType(typeof(Refusal.Forbidden), "forbidden")]
[JsonDerivedType(typeof(Refusal.Invalid), "invalid")]
[JsonDerivedType(typeof(Refusal.TooMany), "tooMany")]
[JsonDerivedType(typeof(Refusal.NotWritten), "notWritten")]
[JsonDerivedType(typeof(Refusal.Outdated), "outdated")]
public abstract record Refusal
{
    private Refusal()
    {
    }

    /// <summary>The technician lacks rights; nothing is told and nothing has changed.</summary>
    /// <param name="Decision">Every missing right.</param>
    public sealed record Forbidden(PermissionDecision Decision) : Refusal;

    /// <summary>The request has problems; nothing is stored.</summary>
    /// <param name="Problems">Every problem, by field, as over HTTP; at least one.</param>
    public sealed record Invalid(ImmutableArray<FieldProblem> Problems) : Refusal;

    /// <summary>It was done too often of late; nothing is stored.</summary>
    /// <param name="What">What was.</param>
    /// <param name="RetryAfter">After how long to try again; more than zero.</param>
    public sealed record TooMany(LimitedAction What, TimeSpan RetryAfter) : Refusal;

    /// <summary>The message cannot be written with the values of the session; nothing is stored or sent.</summary>
    /// <param name="Reason">What stands in the way, for the technician to read.</param>
    public sealed record NotWritten(string Reason) : Refusal;

    /// <summary>Somebody else saved a version that the author has not seen; nothing is saved.</summary>
    /// <param name="Latest">That version.</param>
    public sealed record Outdated(SettingVersion Latest) : Refusal;

    /// <summary>The refusal in English words, for a log or a technician.</summary>
    public sealed override string ToString() => this switch
    {
        Forbidden forbidden => forbidden.Decision.ToString(),
        Invalid invalid => string.Join(' ', invalid.Problems.Select(problem => problem.Message)),
        TooMany many => $"too often of late ({many.What}), try again in {Math.Ceiling(many.RetryAfter.TotalSeconds)} s",
        NotWritten notWritten => notWritten.Reason,
        Outdated outdated => $"somebody else has saved version {outdated.Latest.Version}",
        _ => GetType().Name,
    };
}
