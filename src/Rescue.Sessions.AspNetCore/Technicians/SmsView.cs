using System.Collections.Immutable;
using System.ComponentModel;

namespace Rescue.Sessions.AspNetCore.Technicians;

/// <summary>What the service sends by SMS.</summary>
internal sealed record SmsView([property: Description("The languages that texts are written in.")] ImmutableArray<string> Languages)
{
    /// <summary>Null where the service sends none.</summary>
    public static SmsView? Of(SmsInvitations? texts) => texts is { HasGateway: true } ? new(texts.Languages) : null;
}
