using System.Collections.Immutable;
using System.ComponentModel;

namespace Rescue.Sessions.AspNetCore.Technicians;

/// <summary>What the service sends by SMS.</summary>
internal sealed record SmsView(
    [property: Description("The languages that texts are written in.")] ImmutableArray<string> Languages,
    [property: Description("That of texts for which none is chosen; null where the organisation has set none.")] string? Language)
{
    /// <summary>Null where the service sends none.</summary>
    public static async ValueTask<SmsView?> OfAsync(SmsInvitations? texts, Technician technician, CancellationToken cancellationToken) =>
        texts is { HasGateway: true } ? new(texts.Languages, await texts.FindLanguageAsync(technician, cancellationToken).ConfigureAwait(false)) : null;
}
