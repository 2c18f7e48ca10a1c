using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Devices;
using Rescue.Sessions.Fields;
using Rescue.Sessions.Guests;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Requests;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.AspNetCore.Tests.Technicians;

/// <summary>What a customer is told who asks what is stored about them.</summary>
public class ExportTests
{
    private static readonly DateTimeOffset Morning = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    private static readonly TechnicianReference Ada = new("ada", "Ada Lovelace");

    // What the service works by, and what the answer calls otherwise.
    private static readonly string[] NotOfTheCustomer =
        [nameof(Session.Tenant), nameof(Session.Timeouts), nameof(Session.Deadline), nameof(Session.Alarm), nameof(Session.Interrupted), nameof(Session.Offer), nameof(Guest.State)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Ways => ["invited", "asked"];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Export_OfASessionWithEverything_HasAllThatIsStoredOfItsCustomer(string way)
    {
        await using var product = await TestProduct.StartAsync(asleep: true);
        var session = way == "invited" ? Full with { Request = null } : Full with { CreatedBy = null, Invitation = null, InvitationValues = null };
        await product.Services.GetRequiredService<ISessionStore>().CreateAsync(
            new(
                new() { Session = session, Creator = null, PinHashes = [], TokenHashes = [] },
                new() { Session = session.Id, Tenant = session.Tenant, At = session.CreatedAt, Kind = SessionEventKind.Created, Actor = SessionActor.Timer, From = session.Status, To = session.Status },
                []),
            Cancellation);

        var exported = (await product.Technician().GetJsonAsync("/rescue/customers/export?customer=Grace")).GetProperty("items")[0];

        TextsOf(exported).Should().Contain(TextsOf(JsonSerializer.SerializeToElement(session)));
    }

    [Fact]
    public void Session_WithEverything_HasEveryMember() =>
        // A new one is to be filled in, or to be named as none of the customer's.
        JsonSerializer.SerializeToElement(Full).EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.Null).Select(member => member.Name)
            .Should().BeSubsetOf(NotOfTheCustomer);

    private static Session Full => new()
    {
        Id = SessionId.New(Morning), Tenant = "acme", CustomerName = "Grace", Reference = "INC-1", Language = "fr-CH", TimeZone = "Europe/Zurich", Platform = DevicePlatform.MacOS,
        ForMobileDevice = true, CreatedBy = Ada, Request = new("The printer burns", "grace@example.org"), CreatedAt = At(1), ExpiresAt = At(2), Status = SessionStatus.Closed,
        StatusSince = At(3), End = SessionEnd.ByTechnician, Fields = new() { Field0 = "f0", Field1 = "f1", Field2 = "f2", Field3 = "f3", Field4 = "f4", Field5 = "f5", Tracking = "t1" },
        InvitationValues = new Dictionary<string, string> { ["first"] = "Amazing Grace" }, JoinedAt = At(4), HostName = "GRACE-PC", AppletKind = AppletKind.Browser, LastSeenAt = At(5),
        Owner = new("alan", "Alan Turing"), StartedAt = At(6), Timeouts = new(), WaitingSince = At(7), CodeTriedAt = At(8),
        Invitation = new()
        {
            Delivery = EmailDelivery.OnMyBehalf, State = InvitationState.Sent, At = At(9), To = "grace@example.org", Reason = "The mailbox is full.", MessageId = "1@example.org", Attempts = 2,
        },
        Guests =
        [
            new()
            {
                Id = "0123456789abcdef", Name = "Hedy", InvitedBy = Ada, InvitedAt = At(10), ExpiresAt = At(11), JoinedAt = At(12), EndedAt = At(13), State = GuestState.Left,
            },
        ],
    };

    private static DateTimeOffset At(int minute) => Morning.AddMinutes(minute);

    private static IEnumerable<string> TextsOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Where(member => !NotOfTheCustomer.Contains(member.Name)).SelectMany(member => TextsOf(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(TextsOf),
        JsonValueKind.String => [element.GetString()!],
        _ => [],
    };
}
