using System.Collections.Immutable;
using System.ComponentModel;

namespace Rescue.Sessions.AspNetCore.Technicians;

/// <summary>What the service sends by SMS.</summary>
internal sealed record SmsView(
    [property: Description("The languages that texts are written in.")] ImmutableArray<string> Languages,
    [property: Description("That of texts for which none is chosen; null where the organisation has set none, and while the host cannot say what the organisation is.")] string? Language);
