using System.Text.Json.Serialization;
using Rescue.Sessions.Json;

namespace Rescue.Sessions.Invitations;

/// <summary>What carries an invitation.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<InvitationChannel>))]
public enum InvitationChannel
{
    /// <summary>An email.</summary>
    Email,

    /// <summary>A short text to a telephone number.</summary>
    Sms,
}
