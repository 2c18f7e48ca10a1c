using System.Text.Json.Serialization;
using Rescue.Sessions.Codes;

namespace Rescue.Sessions;

/// <summary>
/// The answer to a technician who makes a session: <see cref="Created"/>, <see cref="KeyReused"/> or <see cref="Refused"/>.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "result")]
[JsonDerivedType(typeof(CreateSessionResult.Created), "created")]
[JsonDerivedType(typeof(CreateSessionResult.KeyReused), "keyReused")]
[JsonDerivedType(typeof(CreateSessionResult.Refused), "refused")]
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

    /// <summary>The idempotency key belongs to a request that was not the same; nothing is stored.</summary>
    /// <param name="Session">What that request made.</param>
    public sealed record KeyReused(Session Session) : CreateSessionResult;

    /// <summary>It was refused; nothing is stored.</summary>
    /// <param name="Reason">Why: any but <see cref="Refusal.Outdated"/>.</param>
    public sealed record Refused(Refusal Reason) : CreateSessionResult;
}
