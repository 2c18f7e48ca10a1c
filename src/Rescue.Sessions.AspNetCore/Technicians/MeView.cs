using System.ComponentModel;
using Rescue.Sessions.Permissions;

namespace Rescue.Sessions.AspNetCore.Technicians;

/// <summary>Who is signed in. <c>languages</c>: those of messages to customers; null where the service sends none.</summary>
internal sealed record MeView(
    string Id,
    [property: Description("The tenant whose sessions they see.")] string Tenant,
    string Name, string? Email, IReadOnlyList<ConnectionRight> Rights, IReadOnlyList<string>? Languages,
    [property: Description("That of messages for which none is chosen; null where neither an administrator nor the organisation has set one, and while the host cannot say what the organisation is.")] string? Language,
    [property: Description("The fewest digits of a PIN for which no length is asked.")] int PinLength,
    ReferenceView Reference,
    [property: Description("What the service sends by SMS; null where it has no gateway for that.")] SmsView? Sms);
