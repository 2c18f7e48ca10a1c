using System.Collections.Immutable;
using System.Text.Json;
using Rescue.Sessions.Lifecycle;

namespace Rescue.Sessions.Webhooks;

/// <summary>What the types of events are called in webhooks. Names are added, never changed.</summary>
internal static class WebhookEventTypes
{
    /// <summary>The type of the message by which an administrator tries a webhook; every webhook gets it.</summary>
    public const string Test = "webhook.test";

    private const string Changed = "session.changed";

    /// <summary>All of them, as <see cref="SupportWebhooks.EventTypes"/> says.</summary>
    public static ImmutableArray<string> All { get; } =
    [
        "session.created",
        .. Enum.GetValues<SessionStatus>().Where(status => status != SessionStatus.Unreadable).Select(Of),
        Changed, "session.invitation", "session.alarm", "session.codeTried", "session.activity",
        "session.guestInvited", "session.guestJoined", "session.guestLeft",
    ];

    internal static string Of(SessionEvent happened) => happened.Kind switch
    {
        SessionEventKind.Transition when happened.From != happened.To => Of(happened.To),
        SessionEventKind.Transition => Changed,
        _ => "session." + Camel(happened.Kind.ToString()),
    };

    internal static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    private static string Of(SessionStatus status) => "session." + Camel(status.ToString());
}
