using System.Text.Json.Serialization;
using Rescue.Sessions.Json;

namespace Rescue.Sessions.Invitations;

/// <summary>By which of the two transports an invitation reaches the customer.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<EmailDelivery>))]
public enum EmailDelivery
{
    /// <summary>The technician's own mail program opens a draft; whether they send it, nobody knows.</summary>
    DefaultMailClient,

    /// <summary>The service sends the message on the technician's behalf.</summary>
    OnMyBehalf,
}
