using System.Collections.Immutable;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Guests;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.StoreContract;

/// <remarks>Visits end in years that other tests do not use, for a shared store answers for all tenants.</remarks>
public abstract class GuestContract : StoreContract
{
    private static readonly DateTimeOffset Early = new(2003, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Invite_IsKept_AndFoundByAnyHashOfTheToken()
    {
        var added = await AddAsync(new Draft { At = Early });
        ImmutableArray<KeyedHash> token = [Hashes.New(), Hashes.New()];
        var invited = await ApplyAsync(added.Session.Id, Invite("one", token, Early));

        (await FindAsync(added.Session.Id)).Should().BeEquivalentTo(invited);
        foreach (var hash in token)
            (await Store.FindAsync(SessionSelector.ByGuest([Hashes.New(), hash]), Cancellation)).Should().BeEquivalentTo(invited);
        (await Store.FindAsync(SessionSelector.ByToken(token), Cancellation)).Should().BeNull("a guest's token is no customer's");
        (await Store.FindAsync(SessionSelector.ByPin(token), Cancellation)).Should().BeNull();
        (await Store.FindAsync(SessionSelector.ByGuest([Hashes.New()]), Cancellation)).Should().BeNull();
        var guest = invited.Session.Guests!.Single();
        (guest.Id, guest.Name, guest.State, guest.ExpiresAt).Should().Be(("one", "Name of one", GuestState.Invited, Early.AddMinutes(5)));
        (await HistoryAsync(added.Session.Id))[^1].Kind.Should().Be(SessionEventKind.GuestInvited);
    }

    [Fact]
    public async Task Invite_BeyondTheMost_IsRefused_UntilAVisitIsOver()
    {
        var id = (await AddAsync(new Draft { At = Early })).Session.Id;
        await ApplyAsync(id, Invite("one", [Hashes.New()], Early));

        (await TryAsync(id, Invite("two", [Hashes.New()], Early))).Applied.Should().BeFalse();
        await ApplyAsync(id, End("one", GuestState.Revoked, Early));
        (await TryAsync(id, Invite("two", [Hashes.New()], Early))).Applied.Should().BeTrue();
        (await TryAsync(id, Invite("three", [Hashes.New()], Early.AddMinutes(6)))).Applied.Should().BeTrue("a visit whose time has passed takes nobody's place");
    }

    [Fact]
    public async Task Join_OfTheSameInstance_Repeats_AndOfAnotherIsRefused()
    {
        var id = (await AddAsync(new Draft { At = Early })).Session.Id;
        await ApplyAsync(id, Invite("one", [Hashes.New()], Early));
        var (instance, first, second) = (Hashes.New(), Hashes.New(), Hashes.New());

        var joined = await ApplyAsync(id, Join("one", instance, first, Early.AddMinutes(1)));
        var again = await ApplyAsync(id, Join("one", instance, second, Early.AddMinutes(2)));

        joined.GuestProofs!.Single().Key.Should().Be(first);
        again.GuestProofs!.Single().Key.Should().Be(second);
        var guest = (await FindAsync(id)).Session.Guests!.Single();
        (guest.Name, guest.State, guest.JoinedAt).Should().Be(("Called one", GuestState.Joined, Early.AddMinutes(1)));
        (await TryAsync(id, Join("one", Hashes.New(), Hashes.New(), Early.AddMinutes(3)))).Applied.Should().BeFalse();
        (await TryAsync(id, Join("two", instance, Hashes.New(), Early.AddMinutes(3)))).Applied.Should().BeFalse("nobody was invited as that");
        (await TryAsync(id, Join("one", instance, Hashes.New(), Early.AddMinutes(5)))).Applied.Should().BeFalse("the time has passed");
    }

    [Fact]
    public async Task Join_OfManyAtOnce_LetsOneThrough()
    {
        var id = (await AddAsync(new Draft { At = Early })).Session.Id;
        await ApplyAsync(id, Invite("one", [Hashes.New()], Early));

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => TryAsync(id, Join("one", Hashes.New(), Hashes.New(), Early)).AsTask()));

        results.Count(result => result.Applied).Should().Be(1);
    }

    [Fact]
    public async Task End_ByTheGuest_TakesTheirKey_AndHappensOnce()
    {
        var id = (await AddAsync(new Draft { At = Early })).Session.Id;
        await ApplyAsync(id, Invite("one", [Hashes.New()], Early));
        var key = Hashes.New();
        await ApplyAsync(id, Join("one", Hashes.New(), key, Early));

        (await TryAsync(id, End("one", GuestState.Left, Early, Hashes.New()))).Applied.Should().BeFalse();
        (await TryAsync(id, End("one", GuestState.Left, Early, key))).Applied.Should().BeTrue();
        (await TryAsync(id, End("one", GuestState.Left, Early, key))).Applied.Should().BeFalse();
        (await FindAsync(id)).Session.Guests!.Single().State.Should().Be(GuestState.Left);
    }

    [Fact]
    public async Task Close_EndsEveryVisit_AndTheTokenStillTellsWhoseItWas()
    {
        var id = (await AddAsync(new Draft { At = Early })).Session.Id;
        var token = Hashes.New();
        await ApplyAsync(id, Invite("one", [token], Early));

        await ApplyAsync(id, Changes.Of(SessionTrigger.Revoke, Early.AddMinutes(1)));

        (await Store.FindAsync(SessionSelector.ByGuest([token]), Cancellation))!.Session.Guests!.Single()
            .Should().BeEquivalentTo(new { State = GuestState.Ended, EndedAt = Early.AddMinutes(1) });
        (await TryAsync(id, Invite("two", [Hashes.New()], Early.AddMinutes(1)))).Applied.Should().BeFalse();
        (await OverdueAsync(Early.AddYears(1), id)).Should().BeFalse();
    }

    [Fact]
    public async Task FindGuestsOverdue_AroundTheTime_FindsFromItOn_UntilItIsRecorded()
    {
        var id = (await AddAsync(new Draft { At = Early })).Session.Id;
        await ApplyAsync(id, Invite("one", [Hashes.New()], Early));
        var due = Early.AddMinutes(5);

        (await OverdueAsync(due.AddMilliseconds(-1), id)).Should().BeFalse();
        (await TryAsync(id, End("one", GuestState.Expired, due.AddMilliseconds(-1)))).Applied.Should().BeFalse();
        (await OverdueAsync(due, id)).Should().BeTrue();
        await ApplyAsync(id, End("one", GuestState.Expired, due));
        (await OverdueAsync(due, id)).Should().BeFalse();
    }

    [Fact]
    public async Task FindGuestsOverdue_OfManySessions_FindsNoMoreThanAsked()
    {
        var ids = new List<SessionId>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add((await AddAsync(new Draft { At = Early })).Session.Id);
            await ApplyAsync(ids[^1], Invite("one", [Hashes.New()], Early));
        }

        (await Store.FindGuestsOverdueAsync(Early.AddMinutes(5), 3, Cancellation)).Should().HaveCount(3);
        foreach (var id in ids)
            await ApplyAsync(id, End("one", GuestState.Expired, Early.AddMinutes(5)));
    }

    [Theory]
    [InlineData(GuestState.Expired)]
    [InlineData(GuestState.Revoked)]
    public async Task End_OfAGuestWhomNothingProves_IsRecorded(GuestState end)
    {
        var id = (await AddAsync(new Draft { At = Early })).Session.Id;
        var invite = Invite("one", [Hashes.New()], Early);
        await ApplyAsync(id, invite with { Guest = invite.Guest! with { Proof = new("another", [Hashes.New()]) } });
        var at = end == GuestState.Expired ? Early.AddMinutes(5) : Early;

        (await TryAsync(id, Join("one", Hashes.New(), Hashes.New(), Early))).Applied.Should().BeFalse();
        (await TryAsync(id, End("one", GuestState.Left, Early, Hashes.New()))).Applied.Should().BeFalse();
        (await TryAsync(id, End("one", end, at))).Applied.Should().BeTrue();

        (await OverdueAsync(Early.AddMinutes(5), id)).Should().BeFalse("no sweep takes it up again");
        (await FindAsync(id)).Session.Guests!.Single().State.Should().Be(end);
    }

    private ValueTask<TransitionResult> TryAsync(SessionId id, SessionChange change) =>
        Store.TransitionAsync(SessionSelector.ById(id), new() { Now = change.At }, change, Cancellation);

    private async Task<bool> OverdueAsync(DateTimeOffset now, SessionId id) =>
        (await Store.FindGuestsOverdueAsync(now, 1000, Cancellation)).Any(session => session.Id == id);

    private static SessionChange Invite(string guest, ImmutableArray<KeyedHash> token, DateTimeOffset at) => Changes.Note(SessionEventKind.GuestInvited, at) with
    {
        Actor = SessionActor.Technician,
        Guest = new()
        {
            Id = guest, Most = 1, Proof = new(guest, token),
            Invited = new() { Id = guest, Name = "Name of " + guest, InvitedBy = Draft.Ada, InvitedAt = at, ExpiresAt = at.AddMinutes(5) },
        },
    };

    private static SessionChange Join(string guest, KeyedHash instance, KeyedHash key, DateTimeOffset at) => Changes.Note(SessionEventKind.GuestJoined, at) with
    {
        Actor = SessionActor.Guest, Guest = new() { Id = guest, JoinsAs = "Called " + guest, Instance = [instance], Key = [key] },
    };

    private static SessionChange End(string guest, GuestState end, DateTimeOffset at, KeyedHash? key = null) => Changes.Note(SessionEventKind.GuestLeft, at) with
    {
        Guest = new() { Id = guest, End = end, Key = key is { } shown ? [shown] : [] },
    };
}
