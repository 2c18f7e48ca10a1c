using System.Text.Json.Serialization;
using Rescue.Sessions.Json;

namespace Rescue.Sessions.Lifecycle;

/// <summary>Who, or what, causes a transition.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<SessionActor>))]
public enum SessionActor
{
    /// <summary>A technician, through the host product.</summary>
    Technician,

    /// <summary>The customer, through the applet.</summary>
    Customer,

    /// <summary>A time-out.</summary>
    Timer,

    /// <summary>The network to the customer: lost or found again.</summary>
    Network,

    /// <summary>A rule that the administrator set.</summary>
    Policy,

    /// <summary>The service itself, as when it sends a message.</summary>
    Service,

    /// <summary>Somebody whom a technician has invited into the session.</summary>
    Guest,
}
