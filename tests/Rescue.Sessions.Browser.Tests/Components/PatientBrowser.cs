namespace Rescue.Sessions.Browser.Tests.Components;

/// <summary>
/// A help desk for which a customer who is not heard of is still there: nobody beats for those of these tests. Its webhooks may lead to this machine.
/// </summary>
public sealed class PatientBrowser() : BrowserFixture(
    [("Rescue__Timeouts__Silence", "01:00:00"), ("Rescue__Webhooks__AllowHttp", "true"), ("Rescue__Webhooks__AllowPrivateAddresses", "true")])
{
}
