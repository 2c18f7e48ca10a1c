using Rescue.Sessions.Codes;

namespace Rescue.Sessions.AspNetCore.Customers.Pages;

/// <summary>The query of a link's code, for the pages beside the landing page.</summary>
internal static class CodeQuery
{
    /// <summary>Of a query as it came: of what in it is a code.</summary>
    public static string Of(LinkQuery query) =>
        Of(PinCode.TryParse(query.Pin, out var pin) ? pin : null, LinkToken.TryParse(query.Token, out var token) ? token : null);

    public static string Of(PinCode? pin, LinkToken? token)
    {
        if (pin is null)
            return "";
        var code = token is null ? "" : $"&{LinkQuery.TokenKey}={token.Text}";
        return $"?{LinkQuery.PinKey}={pin.Digits}{code}";
    }
}
