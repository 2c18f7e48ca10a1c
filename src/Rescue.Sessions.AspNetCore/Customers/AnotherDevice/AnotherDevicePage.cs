using Rescue.Sessions.AspNetCore.Customers.Pages;
using Rescue.Sessions.AspNetCore.Html;
using Rescue.Sessions.Codes;

namespace Rescue.Sessions.AspNetCore.Customers.AnotherDevice;

/// <summary>Shows a link as a QR code for a camera, and as the short address and the PIN for whoever types.</summary>
internal static class AnotherDevicePage
{
    public static PageResult Of(CustomerTexts texts, CustomerContext context, ConnectionLink link)
    {
        var back = $"{context.Landing}{CodeQuery.Of(link.Pin, link.Token)}";
        return new(
            texts,
            context.Organization,
            texts["AnotherDevice"],
            HtmlFragment.Of(
                $"""
                <p>{texts["AnotherDevice_Scan"]}</p>
                {QrDrawing.Of(link.ToUri().AbsoluteUri, texts["AnotherDevice_Code"])}
                <p>{texts["AnotherDevice_Type"]}</p>
                <p class="typed" dir="ltr">{context.TypedAddress}</p>
                <p>{texts.Format("YourPin", "")} <span class="pin" dir="ltr">{link.Pin.Digits}</span></p>
                <p class="soft">{texts["AnotherDevice_Secret"]}</p>
                <p class="soft"><a href="{back}">{texts["BackToLink"]}</a></p>
                """))
        {
            Style = PageStyle.AnotherDevice,
        };
    }
}
