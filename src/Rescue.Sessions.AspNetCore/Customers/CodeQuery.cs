using Rescue.Sessions.Codes;

namespace Rescue.Sessions.AspNetCore.Customers;

/// <summary>The query of a link's code, for the pages beside the landing page.</summary>
internal static class CodeQuery
{
    public static string Of(PinCode? pin, LinkToken? token)
    {
        if (pin is null)
            return "";
        var code = token is null ? "" : $"&{LinkQuery.TokenKey}={token.Text}";
        return $"?{LinkQuery.PinKey}={pin.Digits}{code}";
    }
}
