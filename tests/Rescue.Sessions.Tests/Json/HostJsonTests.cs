using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Rescue.Sessions.Devices;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Outbox;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Tests.Support;

namespace Rescue.Sessions.Tests.Json;

/// <summary>What a host gets that serializes the library's types without a word about them: by reflection, and by what its compiler has written.</summary>
public sealed class HostJsonTests
{
    private static readonly Session Waiting = new()
    {
        Id = SessionId.Parse("0123456789abcdef0123456789abcdef", null), Tenant = "acme", CustomerName = "Grace Hopper", CreatedBy = new("ada", "Ada Lovelace"),
        CreatedAt = SupportDesk.Morning, ExpiresAt = SupportDesk.Morning.AddMinutes(20), Status = SessionStatus.OnHold, StatusSince = SupportDesk.Morning,
        Interrupted = SessionStatus.Waiting, Platform = DevicePlatform.MacOS, AppletKind = AppletKind.Browser, Timeouts = new(),
        Deadline = new(SupportDesk.Morning.AddDays(14), SessionTrigger.HoldTimeOut),
        Invitation = new() { Delivery = EmailDelivery.OnMyBehalf, State = InvitationState.Sent, At = SupportDesk.Morning, To = "grace@example.org" },
    };

    public static TheoryData<string> Serializers => ["defaults", "web", "source generation"];

    [Theory]
    [MemberData(nameof(Serializers))]
    public void Session_AsAHostWritesIt_HasItsIdAndChoicesAsStringsAndComesBack(string serializer)
    {
        var options = OptionsOf(serializer);
        var json = JsonSerializer.Serialize(Waiting, options);

        var members = JsonDocument.Parse(json).RootElement.EnumerateObject().ToDictionary(member => member.Name, member => member.Value, StringComparer.OrdinalIgnoreCase);
        members["id"].GetString().Should().Be("0123456789abcdef0123456789abcdef");
        members["status"].GetString().Should().Be("onHold");
        members["interrupted"].GetString().Should().Be("waiting");
        members["platform"].GetString().Should().Be("macos");
        members["appletKind"].GetString().Should().Be("browser");
        members["invitationState"].GetString().Should().Be("sent");
        JsonSerializer.Deserialize<Session>(json, options).Should().Be(Waiting);
    }

    [Theory]
    [MemberData(nameof(Serializers))]
    public void Result_AsAHostWritesIt_SaysWhichItIs(string serializer)
    {
        SessionResult[] results =
        [
            new SessionResult.Done(Waiting),
            new SessionResult.NotPermitted(Waiting, [SessionTrigger.TakeBackTransfer]),
            new SessionResult.AtCapacity(Waiting, 10),
            new SessionResult.Refused(new Refusal.Forbidden(new([new(ConnectionRight.MobileAddOn, MissingRightReason.NotGranted, "support")]))),
            new SessionResult.Refused(new Refusal.TooMany(LimitedAction.Invite, TimeSpan.FromSeconds(30))),
        ];
        CreateSessionResult created = new CreateSessionResult.Created(Waiting, Link: null, IsRepeat: true);

        var said = results.Select(result => JsonSerializer.Serialize(result, OptionsOf(serializer))).Append(JsonSerializer.Serialize(created, OptionsOf(serializer)));

        said.Select(json => JsonDocument.Parse(json).RootElement.GetProperty("result").GetString())
            .Should().Equal("done", "notPermitted", "atCapacity", "refused", "refused", "created");
        said.ElementAt(1).Should().Contain("\"takeBackTransfer\"");
        said.ElementAt(3).Should().Contain("\"refusal\":\"forbidden\"").And.Contain("\"mobileAddOn\"").And.Contain("\"notGranted\"");
        said.ElementAt(4).Should().Contain("\"refusal\":\"tooMany\"").And.Contain("\"invite\"");
    }

    [Theory]
    [MemberData(nameof(Serializers))]
    public void SessionId_AsTheNameOfAMember_ComesBack(string serializer)
    {
        var statuses = new Dictionary<SessionId, SessionStatus> { [Waiting.Id] = SessionStatus.TimedOut };

        var json = JsonSerializer.Serialize(statuses, OptionsOf(serializer));

        json.Should().Be("""{"0123456789abcdef0123456789abcdef":"timedOut"}""");
        JsonSerializer.Deserialize<Dictionary<SessionId, SessionStatus>>(json, OptionsOf(serializer)).Should().Equal(statuses);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("\"00000000000000000000000000000000\"")]
    [InlineData("\"01234567-89ab-cdef-0123-456789abcdef\"")]
    public void SessionId_OfWhatIsNone_IsRefused(string json)
    {
        var read = () => JsonSerializer.Deserialize<SessionId>(json);

        read.Should().Throw<JsonException>();
    }

    [Theory]
    [InlineData("3")]
    [InlineData("\"asleep\"")]
    public void Status_OfWhatIsNone_IsRefused(string json)
    {
        var read = () => JsonSerializer.Deserialize<SessionStatus>(json);

        read.Should().Throw<JsonException>();
    }

    [Fact]
    public void Enum_ThatAHostMaySerialize_HasAConverter()
    {
        // What passes between the library and a store is no host's to show.
        Type[] ofStores = [typeof(OutboxBegin), typeof(SessionCreationOutcome)];

        typeof(Session).Assembly.GetExportedTypes().Where(type => type.IsEnum).Except(ofStores)
            .Should().OnlyContain(type => type.IsDefined(typeof(JsonConverterAttribute), false));
    }

    private static JsonSerializerOptions OptionsOf(string serializer) => serializer switch
    {
        "defaults" => JsonSerializerOptions.Default,
        "web" => JsonSerializerOptions.Web,
        _ => new() { TypeInfoResolver = JsonTypeInfoResolver.Combine(HostJson.Default, HostCreationJson.Default) },
    };
}
