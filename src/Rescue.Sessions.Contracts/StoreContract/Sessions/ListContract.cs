using System.Collections.Immutable;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.StoreContract;

public abstract class ListContract : StoreContract
{
    [Fact]
    public async Task List_Tenant_AnswersItsSessionsNewestFirst()
    {
        var draft = new Draft();
        var ids = await AddSeveralAsync(draft, 3);
        await AddAsync(new Draft { Tenant = draft.Tenant.ToUpperInvariant() });

        (await ListAsync(new() { Tenant = draft.Tenant })).Should().Equal(ids.Reverse());
    }

    [Fact]
    public async Task List_Found_AreTheStoredSnapshots()
    {
        var (waiting, _) = await AddWaitingAsync(new Draft { Reference = "T-9", Messages = ["mail"] });

        var found = await Store.ListAsync(new() { Tenant = waiting.Session.Tenant }, Cancellation);

        found.Should().ContainSingle().Which.Should().Be(waiting.Session);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task List_PageByPage_AnswersEachSessionOnce(int limit)
    {
        var draft = new Draft();
        var ids = await AddSeveralAsync(draft, 7);

        (await PagesAsync(new() { Tenant = draft.Tenant, Limit = limit })).Should().Equal(ids.Reverse());
    }

    [Fact]
    public async Task List_NewSessionsBetweenPages_DoNotShiftThem()
    {
        var draft = new Draft();
        var ids = await AddSeveralAsync(draft, 4);
        var first = await ListAsync(new() { Tenant = draft.Tenant, Limit = 2 });
        await AddAsync(draft with { At = Draft.Morning.AddHours(1), Pin = [Hashes.New()], Token = [Hashes.New()] });

        var second = await ListAsync(new() { Tenant = draft.Tenant, Limit = 2, After = first[^1] });

        second.Should().Equal(ids[1], ids[0]);
    }

    [Fact]
    public async Task List_Statuses_AnswersThoseAlone()
    {
        var draft = new Draft();
        var connecting = await AddAsync(draft);
        var (waiting, _) = await AddWaitingAsync(draft with { Pin = [Hashes.New()], Token = [Hashes.New()], At = Draft.Morning.AddMinutes(1) });
        var closed = await AddAsync(draft with { Pin = [Hashes.New()], Token = [Hashes.New()], At = Draft.Morning.AddMinutes(2) });
        await ApplyAsync(closed.Session.Id, Changes.Of(SessionTrigger.Close, Draft.Morning.AddMinutes(2)));

        (await ListAsync(new() { Tenant = draft.Tenant, Statuses = [SessionStatus.Waiting] })).Should().Equal(waiting.Session.Id);
        (await ListAsync(new() { Tenant = draft.Tenant, Statuses = [SessionStatus.Connecting, SessionStatus.Closed] }))
            .Should().Equal(closed.Session.Id, connecting.Session.Id);
        (await ListAsync(new() { Tenant = draft.Tenant, Statuses = [SessionStatus.Active] })).Should().BeEmpty();
    }

    [Theory]
    [InlineData("hopper", true)]
    [InlineData("GRACE", true)]
    [InlineData("ce Ho", true)]
    [InlineData("élodie", true)]
    [InlineData("t-100%", true)]
    [InlineData("", true)]
    [InlineData("gracehopper", false)]
    [InlineData("%", true)]
    [InlineData("G%r", false)]
    [InlineData("Gr_ce", false)]
    [InlineData("\\", false)]
    [InlineData("'", false)]
    [InlineData("Grace\0", false)]
    public async Task List_Search_FindsTextInNameOrReferenceIgnoringCase(string search, bool found)
    {
        var added = await AddAsync(new Draft { CustomerName = "Grace Hopper ÉLODIE", Reference = "T-100%" });

        (await ListAsync(new() { Tenant = added.Session.Tenant, Search = search })).Should().HaveCount(found ? 1 : 0);
    }

    [Theory]
    [InlineData("black", true)]
    [InlineData("SCREEN STAYS", true)]
    [InlineData("n s", true)]
    [InlineData("café", true)]
    [InlineData("zo", true)]
    [InlineData("tcafe", false)]
    [InlineData("T-7 my", false)]
    [InlineData("My %black", false)]
    [InlineData("grace@", false)]
    public async Task List_Search_FindsTextInWhatACustomerHasAskedFor(string search, bool found)
    {
        var asked = new Draft { CustomerName = "Zoe", Reference = "T-7", CreatedBy = null, Request = new("My screen stays black at the cafe\u0301", "grace@example.org") };
        var added = await AddAsync(asked);
        await AddAsync(asked with { CustomerName = "Ada", Reference = null, Request = new("Something else"), Pin = [Hashes.New()], Token = [Hashes.New()] });

        SessionId[] expected = found ? [added.Session.Id] : [];
        (await ListAsync(new() { Tenant = asked.Tenant, Search = search })).Should().Equal(expected);
        (await ListAsync(new() { Tenant = asked.Tenant, Search = search, Technician = "alan", Statuses = [SessionStatus.Connecting] })).Should().Equal(expected);
    }

    [Fact]
    public async Task List_Search_FindsATopicWhileTheSessionIsThere()
    {
        var asked = await AddAsync(new Draft { CreatedBy = null, Request = new("My screen stays black", "grace@example.org") });
        var query = new SessionQuery { Tenant = asked.Session.Tenant, Search = "stays BLACK" };

        await ApplyAsync(asked.Session.Id, Changes.Of(SessionTrigger.Close, Draft.Morning.AddMinutes(2)));
        (await ListAsync(query)).Should().Equal(asked.Session.Id);

        (await Store.EraseAsync(
            new() { Tenant = query.Tenant, Customer = "grace@example.org", EndedBefore = DateTimeOffset.MaxValue, Limit = 10 }, Cancellation)).Should().Be(1);
        (await ListAsync(query)).Should().BeEmpty();
    }

    // Of every length and script, and what search engines take for operators.
    [Theory]
    [InlineData("ö")]
    [InlineData("jö")]
    [InlineData("JÖRG")]
    [InlineData("小")]
    [InlineData("小明")]
    [InlineData("王小明")]
    [InlineData("🙂")]
    [InlineData("🙂🙂")]
    [InlineData("🙂🙂🙂")]
    [InlineData("हिन्दी")]
    [InlineData("\"quoted\"")]
    [InlineData("\"\"\"")]
    [InlineData("a AND b")]
    [InlineData("NEAR(a b)")]
    [InlineData("x*")]
    [InlineData("^begin")]
    [InlineData("!!!")]
    [InlineData("- - -")]
    [InlineData("___")]
    [InlineData("....")]
    [InlineData("@a.")]
    [InlineData("#12-34")]
    public async Task List_SearchOfAnyKind_FindsThoseThatHoldItAndNoOthers(string text)
    {
        var draft = new Draft();
        var named = await AddAsync(draft with { CustomerName = $"Ada {text} Lovelace" });
        var referenced = await AddAsync(draft with { Reference = $"ref{text}erence", Pin = [Hashes.New()], Token = [Hashes.New()], At = Draft.Morning.AddSeconds(1) });
        await AddAsync(draft with { Tenant = draft.Tenant + "2", CustomerName = text + text, Pin = [Hashes.New()], Token = [Hashes.New()] });
        await AddAsync(draft with { Reference = string.Join(' ', text.EnumerateRunes().Skip(1)), CustomerName = "Nobody", Pin = [Hashes.New()], Token = [Hashes.New()] });

        (await ListAsync(new() { Tenant = draft.Tenant, Search = text })).Should().Equal(referenced.Session.Id, named.Session.Id);
        (await ListAsync(new() { Tenant = draft.Tenant, Search = text, After = referenced.Session.Id })).Should().Equal(named.Session.Id);
        (await ListAsync(new() { Tenant = draft.Tenant, Search = text, Statuses = [SessionStatus.Connecting, SessionStatus.Active, SessionStatus.Connecting] }))
            .Should().Equal(referenced.Session.Id, named.Session.Id);
        (await ListAsync(new() { Tenant = draft.Tenant, Search = text, Statuses = [SessionStatus.Active] })).Should().BeEmpty();
        (await ListAsync(new() { Tenant = draft.Tenant, Search = text, Customer = "Grace Hopper" })).Should().Equal(referenced.Session.Id);
    }

    [Theory]
    [InlineData("maria garcía", "Maria-García")]
    [InlineData("maria lopez", "Maria  Lopez", true)]
    [InlineData("Lopez, Maria", "Lopez; Maria")]
    [InlineData("j. lopez", "J- Lopez")]
    [InlineData("inc-190634", "req-190634")]
    [InlineData("t-190634", "t/190634")]
    [InlineData("#190634", "-190634")]
    [InlineData("2024-190634", "2025-190634")]
    [InlineData("100% sure", "100_ sure")]
    [InlineData("190634 größe", "190634 große")]
    public async Task List_SearchOfSeveralWords_FindsThoseThatHaveThemAsTheyWereTyped(string search, string other, bool isSame = false)
    {
        var draft = new Draft();
        var named = await AddAsync(draft with { CustomerName = $"Ada {search} Lovelace" });
        var referenced = await AddAsync(draft with { Reference = search, Pin = [Hashes.New()], Token = [Hashes.New()], At = Draft.Morning.AddSeconds(1) });
        var another = await AddAsync(draft with { CustomerName = $"Ada {other} Lovelace", Pin = [Hashes.New()], Token = [Hashes.New()], At = Draft.Morning.AddSeconds(2) });
        var words = search.Split(' ', 2);
        await AddAsync(draft with { CustomerName = words[0], Reference = words[^1], Tenant = words.Length > 1 ? draft.Tenant : draft.Tenant + "2", Pin = [Hashes.New()], Token = [Hashes.New()] });

        SessionId[] expected = [.. isSame ? [another.Session.Id] : (SessionId[])[], referenced.Session.Id, named.Session.Id];
        (await ListAsync(new() { Tenant = draft.Tenant, Search = search })).Should().Equal(expected);
        (await ListAsync(new() { Tenant = draft.Tenant, Search = search, Statuses = [SessionStatus.Connecting], Technician = draft.CreatedBy?.Id })).Should().Equal(expected);
    }

    [Theory]
    [InlineData("T-42", "T-421", "XT-42", "T-4", "T_42", "T 42")]
    [InlineData("inc-0041234", "REQ-0041234", "inc-00412345", "INC0041234")]
    [InlineData("7", "77", "7 7", "T-7")]
    [InlineData("42", "420", "142")]
    [InlineData("小明 é 100%", "小明 e 100%", "小明 é 100_", "小明 é 1000")]
    [InlineData("\"NEAR\" a*", "\"NEAR\" a", "NEAR a*")]
    [InlineData("#!-_", "#!--", "#!-_ #!-_")]
    public async Task List_Reference_AnswersThoseThatHaveTheWholeOfItAndNoOthers(string reference, params string[] others)
    {
        var draft = new Draft();
        var made = await AddAsync(draft with { Reference = reference });
        var asked = await AddAsync(Asked(1) with { Reference = reference.ToLowerInvariant() });
        await AddAsync(Asked(2) with { Reference = "Z-9", Request = new(reference) });
        await AddAsync(Asked(3) with { Reference = null, Request = new(reference) });
        await AddAsync(Another(4) with { CustomerName = reference, Reference = null });
        await AddAsync(Another(5) with { Reference = reference, Tenant = draft.Tenant + "2" });
        foreach (var (i, other) in others.Index())
        {
            await AddAsync(Another(6 + (2 * i)) with { Reference = other });
            await AddAsync(Asked(7 + (2 * i)) with { Reference = other });
        }

        var query = new SessionQuery { Tenant = draft.Tenant, Reference = reference };
        (await ListAsync(query)).Should().Equal(asked.Session.Id, made.Session.Id);
        (await PagesAsync(query with { Reference = reference.ToUpperInvariant(), Limit = 1 })).Should().Equal(asked.Session.Id, made.Session.Id);
        (await ListAsync(query with { Search = "black" })).Should().Equal(asked.Session.Id);
        (await ListAsync(query with { Customer = "Zoe" })).Should().Equal(asked.Session.Id);
        (await ListAsync(query with { Technician = "nobody" })).Should().Equal(asked.Session.Id);
        (await ListAsync(query with { Statuses = [SessionStatus.Connecting, SessionStatus.Closed] })).Should().Equal(asked.Session.Id, made.Session.Id);
        (await ListAsync(query with { Statuses = [SessionStatus.Active] })).Should().BeEmpty();

        Draft Another(int minutes) => draft with { At = Draft.Morning.AddMinutes(minutes), Pin = [Hashes.New()], Token = [Hashes.New()] };
        Draft Asked(int minutes) => Another(minutes) with { CustomerName = "Zoe", CreatedBy = null, Request = new("My screen stays black") };
    }

    /// <summary>Of as many units of UTF-16 as a reference may have, which is longer than an index of a database takes.</summary>
    [Fact]
    public async Task List_ReferenceAsLongAsCanBe_AnswersThoseThatHaveTheWholeOfIt()
    {
        var start = string.Concat(Enumerable.Range(0, 1023).Select(i => (char)(0x4E00 + (((i * i * i * 7919L) + (i * 104_729L)) % 20_000))));
        var draft = new Draft();
        var made = await AddAsync(draft with { Reference = start + "B" });
        await AddAsync(draft with { Reference = start + "C", Pin = [Hashes.New()], Token = [Hashes.New()] });

        (await ListAsync(new() { Tenant = draft.Tenant, Reference = start + "B" })).Should().Equal(made.Session.Id);
        (await ListAsync(new() { Tenant = draft.Tenant, Reference = start })).Should().BeEmpty();
    }

    [Theory]
    [InlineData("T-42\0")]
    [InlineData("T-42%")]
    [InlineData("%")]
    [InlineData("___2")]
    [InlineData("Grace Hopper\nT-42")]
    [InlineData("T-42\nMy screen stays black")]
    public async Task List_ReferenceThatNoSessionHas_FindsNone(string reference)
    {
        var added = await AddAsync(new Draft { Reference = "T-42", CreatedBy = null, Request = new("My screen stays black") });

        (await ListAsync(new() { Tenant = added.Session.Tenant, Reference = reference })).Should().BeEmpty();
    }

    [Fact]
    public async Task List_ReferenceThatIsEmpty_IsAny()
    {
        var added = await AddAsync(new Draft { Reference = "T-42" });

        (await ListAsync(new() { Tenant = added.Session.Tenant, Reference = "" })).Should().Equal(added.Session.Id);
    }

    [Fact]
    public async Task List_Customer_AnswersNameAndAddressInOrderAndEachOnce()
    {
        var draft = new Draft { CustomerName = "grace@example.org" };
        Draft Another(int second) => draft with { At = Draft.Morning.AddSeconds(second), Pin = [Hashes.New()], Token = [Hashes.New()] };
        var both = await AddAsync(Another(0) with { Messages = ["mail"] });
        var address = await AddAsync(Another(1) with { CustomerName = "Grace", Messages = ["mail"] });
        var name = await AddAsync(Another(2));
        await AddAsync(Another(3) with { CustomerName = "Somebody else" });

        (await PagesAsync(new() { Tenant = draft.Tenant, Customer = "Grace@example.org", Limit = 2 })).Should().Equal(name.Session.Id, address.Session.Id, both.Session.Id);
        (await ListAsync(new() { Tenant = draft.Tenant, Customer = "Grace@example.org", Statuses = [SessionStatus.Closed] })).Should().BeEmpty();
    }

    [Fact]
    public async Task List_SearchStatusAndPage_WorkTogether()
    {
        var draft = new Draft();
        var ids = await AddSeveralAsync(draft, 5);
        await AddAsync(draft with { CustomerName = "Somebody else", Pin = [Hashes.New()], Token = [Hashes.New()], At = Draft.Morning.AddHours(1) });
        await ApplyAsync(ids[2], Changes.Of(SessionTrigger.Close, Draft.Morning.AddMinutes(10)));

        var found = await PagesAsync(new() { Tenant = draft.Tenant, Search = "hopper", Statuses = [SessionStatus.Connecting], Limit = 2 });

        found.Should().Equal(ids[4], ids[3], ids[1], ids[0]);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("hop", null)]
    [InlineData("o", null)]
    [InlineData(null, "grace hopper")]
    [InlineData("hopper", "grace hopper")]
    public async Task List_Technician_AnswersWhatBelongsToThemOrIsOffered(string? search, string? customer)
    {
        var draft = new Draft { CreatedBy = new("alan", "Alan Turing") };
        var now = Draft.Morning.AddMinutes(15);
        var made = await AddAsync(draft);
        var ended = await AddAsync(Next(1));
        await ApplyAsync(ended.Session.Id, Changes.Of(SessionTrigger.Close, now));
        var (taken, _) = await AddWaitingAsync(Next(2));
        await ApplyAsync(taken.Session.Id, Changes.Start(Draft.Ada, now));
        var (given, _) = await AddWaitingAsync(Next(3) with { CreatedBy = Draft.Ada });
        await ApplyAsync(given.Session.Id, Changes.Start(draft.CreatedBy, now));
        var (offered, _) = await AddWaitingAsync(Next(4) with { CreatedBy = Draft.Ada });
        await ApplyAsync(offered.Session.Id, Changes.Start(Draft.Ada, now));
        await ApplyAsync(offered.Session.Id, Changes.Of(SessionTrigger.Transfer, now) with { By = Draft.Ada, OfferTo = "alan" });
        var (declined, _) = await AddWaitingAsync(Next(5) with { CreatedBy = Draft.Ada });
        await ApplyAsync(declined.Session.Id, Changes.Of(SessionTrigger.Transfer, now) with { By = Draft.Ada, OfferTo = "alan" });
        (await HistoryAsync(declined.Session.Id))[^1].LostBy.Should().BeNull();
        await ApplyAsync(declined.Session.Id, Changes.Of(SessionTrigger.DeclineTransfer, now));
        var query = new SessionQuery { Tenant = draft.Tenant, Technician = "alan", Search = search, Customer = customer, Limit = 2 };

        (await PagesAsync(query)).Should().Equal(offered.Session.Id, given.Session.Id, ended.Session.Id, made.Session.Id);
        (await PagesAsync(query with { Statuses = [SessionStatus.Closed] })).Should().Equal(ended.Session.Id);
        (await PagesAsync(query with { Statuses = [SessionStatus.Active, SessionStatus.Transferring] })).Should().Equal(offered.Session.Id, given.Session.Id);
        (await PagesAsync(query with { Statuses = [SessionStatus.Connecting, SessionStatus.Closed] })).Should().Equal(ended.Session.Id, made.Session.Id);
        (await PagesAsync(query with { Technician = "nobody" })).Should().BeEmpty();
        (await HistoryAsync(taken.Session.Id))[^1].LostBy.Should().Be("alan");
        (await HistoryAsync(declined.Session.Id))[^1].LostBy.Should().Be("alan");

        Draft Next(int minutes) => draft with { At = Draft.Morning.AddMinutes(minutes), Pin = [Hashes.New()], Token = [Hashes.New()] };
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("hop", null)]
    [InlineData("o", null)]
    [InlineData(null, "grace hopper")]
    [InlineData(null, "Grace@Example.org")]
    public async Task List_Technician_AnswersWhatCustomersAskedForAndNobodyHasTakenUp(string? search, string? customer)
    {
        var draft = new Draft { CreatedBy = null, Request = new("The printer", "grace@example.org") };
        var now = Draft.Morning.AddMinutes(15);
        var asked = await AddAsync(draft);
        var over = await AddAsync(Next(1));
        await ApplyAsync(over.Session.Id, Changes.Of(SessionTrigger.Close, now));
        var (taken, _) = await AddWaitingAsync(Next(2));
        await ApplyAsync(taken.Session.Id, Changes.Start(Draft.Ada, now));
        await AddAsync(Next(3) with { CreatedBy = Draft.Ada, Request = null });
        var (offered, _) = await AddWaitingAsync(Next(4));
        await ApplyAsync(offered.Session.Id, Changes.Of(SessionTrigger.Transfer, now) with { By = Draft.Ada, OfferTo = "alan" });
        var query = new SessionQuery { Tenant = draft.Tenant, Technician = "alan", Search = search, Customer = customer, Limit = 2 };

        (await PagesAsync(query)).Should().Equal(offered.Session.Id, over.Session.Id, asked.Session.Id);
        (await PagesAsync(query with { Statuses = [SessionStatus.Closed] })).Should().Equal(over.Session.Id);
        (await PagesAsync(query with { Statuses = [SessionStatus.Connecting] })).Should().Equal(asked.Session.Id);
        (await PagesAsync(query with { Technician = "ada", Statuses = [SessionStatus.Active] })).Should().Equal(taken.Session.Id);
        (await HistoryAsync(taken.Session.Id))[^1].LostBy.Should().Be(SessionEvent.Everybody);
        (await HistoryAsync(offered.Session.Id))[^1].LostBy.Should().BeNull("it is still everybody's");

        Draft Next(int minutes) => draft with { At = Draft.Morning.AddMinutes(minutes), Pin = [Hashes.New()], Token = [Hashes.New()] };
    }

    [Fact]
    public async Task List_UnknownTenant_IsEmpty() =>
        (await ListAsync(new() { Tenant = "nobody-" + Guid.NewGuid() })).Should().BeEmpty();

    private async Task<ImmutableArray<SessionId>> AddSeveralAsync(Draft draft, int count)
    {
        var ids = ImmutableArray.CreateBuilder<SessionId>();
        for (var i = 0; i < count; i++)
        {
            var added = await AddAsync(draft with { At = Draft.Morning.AddSeconds(i), Pin = [Hashes.New()], Token = [Hashes.New()] });
            ids.Add(added.Session.Id);
        }

        return ids.ToImmutable();
    }

    private async Task<ImmutableArray<SessionId>> ListAsync(SessionQuery query) =>
        [.. (await Store.ListAsync(query, Cancellation)).Select(session => session.Id)];

    private async Task<List<SessionId>> PagesAsync(SessionQuery query)
    {
        var all = new List<SessionId>();
        while (true)
        {
            var page = await ListAsync(query);
            page.Length.Should().BeLessThanOrEqualTo(query.Limit);
            all.AddRange(page);
            if (page.Length < query.Limit)
                return all;
            query = query with { After = page[^1] };
        }
    }
}
