using System.Text.Json.Serialization;
using Rescue.Sessions.Json;

namespace Rescue.Sessions.Subscriptions;

/// <summary>Where a subscription begins that the store does not know yet.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<SubscriptionStart>))]
public enum SubscriptionStart
{
    /// <summary>With what happens from now on.</summary>
    Now,

    /// <summary>With the oldest event that is still stored.</summary>
    Beginning,
}
