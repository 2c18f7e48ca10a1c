using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Permissions;

namespace Rescue.Sessions;

/// <summary>
/// The answer to a technician who makes a session: one of <see cref="Created"/>, <see cref="Invalid"/>, <see cref="NotWritten"/>, <see cref="Forbidden"/>,
/// <see cref="TooMany"/>, <see cref="KeyReused"/>.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "result")]
[JsonDerivedType(typeof(CreateSessionResult.Created), "created")]
[JsonDerivedType(typeof(CreateSessionResult.Invalid), "invalid")]
[JsonDerivedType(typeof(CreateSessionResult.NotWritten), "notWritten")]
[JsonDerivedType(typeof(CreateSessionResult.Forbidden), "forbidden")]
[JsonDerivedType(typeof(CreateSessionResult.TooMany), "tooMany")]
[JsonDerivedType(typeof(CreateSessionResult.KeyReused), "keyReused")]
public abstract record CreateSessionResult
{
    private CreateSessionResult()
    {
    }

    /// <summary>The session is stored.</summary>
    /// <param name="Session">The session.</param>
    /// <param name="Link">Its link and PIN; null in a repeat whose code has been used or is over.</param>
    /// <param name="IsRepeat">Whether an earlier request with the same idempotency key made it or, without one, an identical request within <see cref="CodeOptions.RepeatWindow"/>.</param>
    public sealed record Created(Session Session, ConnectionLink? Link, bool IsRepeat) : CreateSessionResult;

    /// <summary>The request has problems; nothing is stored.</summary>
    /// <param name="Problems">Every problem, by field, as over HTTP; at least one.</param>
    public sealed record Invalid(ImmutableArray<FieldProblem> Problems) : CreateSessionResult;

    /// <summary>The invitation cannot be written with the values of the session; nothing is stored.</summary>
    /// <param name="Reason">What stands in the way, for the technician to read.</param>
    public sealed record NotWritten(string Reason) : CreateSessionResult;

    /// <summary>The technician lacks rights; nothing is stored.</summary>
    /// <param name="Decision">Every missing right.</param>
    public sealed record Forbidden(PermissionDecision Decision) : CreateSessionResult;

    /// <summary>The technician issued too many codes of late; nothing is stored.</summary>
    /// <param name="RetryAfter">After how long they may issue again.</param>
    public sealed record TooMany(TimeSpan RetryAfter) : CreateSessionResult;

    /// <summary>The idempotency key belongs to a request that was not the same; nothing is stored.</summary>
    /// <param name="Session">What that request made.</param>
    public sealed record KeyReused(Session Session) : CreateSessionResult;
}
