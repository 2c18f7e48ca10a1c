using System.Diagnostics;
using System.Net;
using Rescue.Sessions.Codes;
using Rescue.Sessions.EntityFrameworkCore.Tests.Engines;
using Rescue.Sessions.EntityFrameworkCore.Tests.Nodes;
using Rescue.Sessions.Guessing;
using Rescue.Sessions.Joining;
using Rescue.Sessions.Presence;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Statements;

/// <summary>How often each thing that people do goes to the database, a transaction's statements that go together counted once.</summary>
public sealed class RoundTripTests : IAsyncLifetime
{
    private readonly PostgreSqlEngine engine = new();
    private Node node = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => node = await Node.StartAsync(engine);

    public async ValueTask DisposeAsync()
    {
        await node.DisposeAsync();
        engine.Dispose();
    }

    [Fact]
    public async Task WhatPeopleDo_AsksTheDatabaseAsOftenAsItMust()
    {
        // What is kept for a while is read by the first.
        await node.ActiveAsync();
        var (session, link) = (default(Session)!, default(ConnectionLink)!);
        AppletKey key = null!;
        var technicians = node.Technicians;

        await TakesAsync("create by PIN", 1, async () => (session, link) = await node.CreateAsync());
        await TakesAsync("create with a key", 2, async () => (session, link) = await node.CreateAsync("click"));
        await TakesAsync("create again with the key", 1, () => node.CreateAsync("click"));
        await TakesAsync("look at a link", 1, async () => await node.Customers.LookUpAsync(link.Token!, link.Pin, null, Cancellation));
        await TakesAsync("join by PIN", 4, async () => key = ((JoinResult.Joined)await node.Customers.JoinAsync(new PinAttempt(link.Pin, IPAddress.Loopback), "one", Cancellation)).Key);
        await TakesAsync("be ready", 2, async () => await node.Applets.ReadyAsync(session.Id, key, "GRACE-PC", null, cancellationToken: Cancellation));
        await TakesAsync("list", 1, async () => await node.Directory.ListAsync(new() { Tenant = session.Tenant }, Cancellation));
        await TakesAsync("start", 4, async () => (await technicians.StartAsync(Node.Ada, session.Id, Cancellation))
            .Should().BeOfType<SessionResult.Done>().Which.HandOver.Should().NotBeNull());
        await TakesAsync("see the details", 1, async () => (await node.Directory.FindDetailsAsync(Node.Ada, session.Id, Cancellation))!.HandOver.Should().NotBeNull());
        await TakesAsync("hold", 2, async () => await technicians.HoldAsync(Node.Ada, session.Id, Cancellation));
        await TakesAsync("resume", 4, async () => await technicians.ResumeAsync(Node.Ada, session.Id, Cancellation));
        await TakesAsync("close", 2, async () => (await technicians.CloseAsync(Node.Ada, session.Id, Cancellation)).Should().BeOfType<SessionResult.Done>());
        await TakesAsync("set the presence", 1, async () => await node.Get<SupportTeam>().SetPresenceAsync(Node.Ada, TechnicianPresence.Busy, Cancellation));
        await TakesAsync("look at an unknown link", 1, async () => await node.Customers.LookUpAsync(LinkToken.Generate(), link.Pin, null, Cancellation));
    }

    private static async Task TakesAsync(string what, int expected, Func<Task> act)
    {
        var asked = new List<string>();
        using var asking = new Activity(what).SetIdFormat(ActivityIdFormat.W3C).Start();
        var trace = asking.TraceId;
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> creation) =>
                creation.TraceId == trace ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
            ActivityStopped = activity =>
            {
                // Others listen too; and what opens a connection because all others are in use asks nothing.
                if (activity.TraceId != trace || activity.GetTagItem("db.query.text") is not string text)
                    return;
                lock (asked)
                    asked.Add(text);
            },
        };
        ActivitySource.AddActivityListener(listener);

        await act();

        asked.Should().HaveCount(expected, "that is what it takes to {0}", what);
    }
}
