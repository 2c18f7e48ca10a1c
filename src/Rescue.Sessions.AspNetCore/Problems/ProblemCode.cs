using System.Text.Json.Serialization;
using Rescue.Sessions.Json;

namespace Rescue.Sessions.AspNetCore.Problems;

/// <summary>
/// Why a request was refused, as a word that programs may rely on: the member <c>code</c> of every problem. Words are added, never changed;
/// docs/problems.md lists them.
/// </summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ProblemCode>))]
internal enum ProblemCode
{
    InvalidRequest,
    UnknownMember,
    DuplicateMember,
    MissingMember,
    NotJson,
    BodyTooLarge,
    MethodNotAllowed,
    ForeignOrigin,
    NotSignedIn,
    UnknownKey,
    MissingRights,
    MobileNotCovered,
    SessionNotFound,
    GuestNotFound,
    NotPermitted,
    AlreadyStarted,
    Capacity,
    Unavailable,
    UnknownTechnician,
    CodeUnreadable,
    IdempotencyKeyReused,
    TooMany,
    BadTemplate,
    MessageNotWritten,
    TemplateLimit,
    Outdated,
    NoTestAddress,
    TestNotSent,
    WebhookNotFound,
    DeliveryNotFound,
    WebhookLimit,
    StoreUnavailable,
    InvalidCode,
    AlreadyUsed,
    Expired,
    Revoked,
    SessionEnded,
    AppletTooOld,
    VisitEnded,
    NoTechnician,
}
