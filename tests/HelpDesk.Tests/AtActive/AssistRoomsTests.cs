using HelpDesk.AtActive;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions;
using Rescue.Sessions.Testing;

namespace HelpDesk.Tests.AtActive;

/// <summary>Which room a session's secret opens.</summary>
public sealed class AssistRoomsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Room_ThatHasEnded_IsNobodysAnyMore(int windows)
    {
        await using var product = new TestProduct();
        var active = await product.NewSession().ActiveAsync(Cancellation);
        var found = await product.Services.GetRequiredService<SessionDirectory>().FindDetailsAsync(product.Technician, active.Id, Cancellation);
        var (session, secret) = (found!.Session, found.HandOver!);
        var rooms = new AssistRooms();
        var earlier = Enumerable.Range(0, windows).Select(_ => rooms.Open(session, secret)).ToList();

        // Held and resumed: the secret is the same, and the windows from before have not wound down.
        earlier[0].Room.End();
        var now = rooms.Open(session, secret);
        var beside = rooms.Open(session, secret);

        now.Room.Should().NotBeSameAs(earlier[0].Room);
        beside.Room.Should().BeSameAs(now.Room);
        earlier.ForEach(window => window.Dispose());
        now.Dispose();
        rooms.Find(secret.Text).Should().BeSameAs(beside.Room).And.Match<AssistRoom>(room => !room.IsOver, "the windows from before have no say in it");
        beside.Dispose();
        beside.Room.IsOver.Should().BeTrue();
        rooms.Find(secret.Text).Should().BeNull();
    }
}
