using System.Text.Json.Serialization;
using Rescue.Sessions.Json;

namespace Rescue.Sessions.Webhooks;

/// <summary>How far a message to a receiver has come.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<WebhookDeliveryState>))]
public enum WebhookDeliveryState
{
    /// <summary>It waits to be sent, or to be sent again.</summary>
    Pending,

    /// <summary>The receiver took it.</summary>
    Delivered,

    /// <summary>It is not tried any more.</summary>
    Failed,
}
