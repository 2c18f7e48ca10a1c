using Rescue.Sessions.AspNetCore.Customers.Pages;
using Rescue.Sessions.Codes;

namespace Rescue.Sessions.AspNetCore.Customers.Browser;

/// <summary>The link with which the browser's page was opened.</summary>
/// <param name="Pin">Its PIN; null where one is yet to be typed.</param>
/// <param name="Token">Its token; null for a link by PIN alone.</param>
/// <param name="State">What the script is told: <c>live</c>, <c>used</c>, or <c>unknown</c> where nothing was looked up.</param>
/// <param name="Technician">Who helps until somebody has started the session, where that is known.</param>
internal sealed record BrowserLink(PinCode? Pin, LinkToken? Token, string State, string? Technician)
{
    /// <summary>The link's query, for pages beside this one.</summary>
    public string Query => CodeQuery.Of(Pin, Token);

    public override string ToString() => "BrowserLink ****";
}
