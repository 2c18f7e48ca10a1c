using System.Text.Json.Serialization;
using Rescue.Sessions.Json;

namespace Rescue.Sessions;

/// <summary>What can be done only so often.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<LimitedAction>))]
public enum LimitedAction
{
    /// <summary>Technicians issue codes and send messages.</summary>
    Invite,

    /// <summary>Administrators send themselves a test message.</summary>
    TestMessage,

    /// <summary>Somebody types wrong PINs. Until then no typed PIN is looked at, and links work.</summary>
    TypePin,

    /// <summary>An applet joins again and again; its present key stays good.</summary>
    Join,

    /// <summary>A guest joins again and again; their present key stays good.</summary>
    JoinAsGuest,

    /// <summary>Customers ask for help themselves.</summary>
    AskForHelp,

    /// <summary>Administrators have their webhooks tried out.</summary>
    TestWebhook,

    /// <summary>Administrators have a webhook's messages sent again.</summary>
    ReplayDelivery,
}
