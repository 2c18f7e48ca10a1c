using Rescue.Sessions.Asking;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Tests.Support;

namespace Rescue.Sessions.Tests.Asking;

/// <summary>A customer who asked for help, before technicians who are kept to their own sessions.</summary>
public sealed class EverybodysSessionTests : IDisposable
{
    private readonly SupportDesk desk = new(options =>
    {
        options.Requests.IsEnabled = true;
        options.Technicians.OwnSessionsOnly = true;
        options.Permissions.Groups.Add(new() { Name = "own", Grants = [ConnectionRight.PrivateSessions, ConnectionRight.Transfer, ConnectionRight.Hold] });
    });

    private readonly Technician alan;
    private readonly Technician june;

    public EverybodysSessionTests()
    {
        alan = desk.Alan with { Groups = ["own"] };
        june = new("june", "June Almeida") { Groups = ["own"] };
    }

    public void Dispose() => desk.Dispose();

    [Fact]
    public async Task NobodyHasTakenIt_EverybodySeesIt_AndOnceTakenItsOwnerAlone()
    {
        var id = await WaitingAsync();
        (await SeenByAsync(alan)).Should().Equal(id);
        (await SeenByAsync(june)).Should().Equal(id);

        (await desk.Technicians.StartAsync(alan, id)).Should().BeOfType<SessionResult.Done>();

        (await SeenByAsync(alan)).Should().Equal(id);
        (await SeenByAsync(june)).Should().BeEmpty();
        (await desk.Directory.FindAsync(june, id)).Should().BeNull();
        (await desk.Technicians.StartAsync(june, id)).Should().BeOfType<SessionResult.Refused>().Which.Reason.Should().BeOfType<Refusal.Forbidden>();
    }

    [Fact]
    public async Task Watch_TakenByAColleague_TellsThatItHasGoneAndNoMore()
    {
        var start = await desk.Store.ReadLatestSequenceAsync();
        var id = await WaitingAsync();
        using var watch = await desk.Events.OpenWatchAsync(june, start);
        await desk.Technicians.StartAsync(alan, id);
        await desk.Technicians.HoldAsync(alan, id);
        var after = await WaitingAsync();

        var heard = new List<(SessionId Id, SessionTrigger? Trigger, bool IsSeen)>();
        await foreach (var update in watch.ReadAsync(TestContext.Current.CancellationToken))
        {
            heard.Add((update.Event.Session, update.Event.Trigger, update.Session is not null));
            if (update.Event.Session == after)
                break;
        }

        heard.Should().Contain((id, SessionTrigger.Start, false));
        heard.Should().NotContain(entry => entry.Trigger == SessionTrigger.Hold);
    }

    [Fact]
    public async Task Transfer_OfWhatIsEverybodys_AsksForNoMoreThanTheRightToTransfer()
    {
        var id = await WaitingAsync();

        (await desk.Technicians.TransferAsync(alan, id, "june")).Should().BeOfType<SessionResult.Done>();
        (await desk.Technicians.AcceptTransferAsync(june, id)).Should().BeOfType<SessionResult.Done>();
    }

    [Fact]
    public async Task Close_OfWhatIsEverybodys_TakesTheRightToPrivateSessions()
    {
        var id = await WaitingAsync();

        (await desk.Technicians.CloseAsync(alan with { Groups = [] }, id)).Should().BeOfType<SessionResult.Refused>().Which.Reason.Should().BeOfType<Refusal.Forbidden>();
        (await desk.Technicians.CloseAsync(alan, id)).Should().BeOfType<SessionResult.Done>();
        (await SeenByAsync(june)).Should().Equal([id], "nobody had taken it");
    }

    [Fact]
    public async Task Colleagues_KnowNobodyByIt()
    {
        var id = await WaitingAsync();

        (await desk.Technicians.TransferAsync(alan, id, "stranger")).Should().BeOfType<SessionResult.UnknownTechnician>();
    }

    private async Task<SessionId> WaitingAsync()
    {
        var asked = (AskResult.Asked)await desk.Get<CustomerRequests>().AskAsync(new(desk.Ada.Tenant, "Grace Hopper", "The printer"));
        var joined = await desk.JoinAsync(asked.Link!);
        await desk.Applets.ReadyAsync(asked.Session.Id, joined.Key, null, null);
        return asked.Session.Id;
    }

    private async Task<SessionId[]> SeenByAsync(Technician technician) =>
        [.. (await desk.Directory.ListAsync(technician, new() { Tenant = technician.Tenant })).Select(session => session.Id)];
}
