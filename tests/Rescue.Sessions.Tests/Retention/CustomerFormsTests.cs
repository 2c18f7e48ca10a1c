using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.StoreContract;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Tests.Support;

namespace Rescue.Sessions.Tests.Retention;

/// <summary>A customer is found under all that an invitation to them takes, and under what somebody has called them.</summary>
public sealed class CustomerFormsTests : IDisposable
{
    private readonly SupportDesk desk = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => desk.Dispose();

    [Theory]
    [InlineData("+4930901820", "+49 30 901820")]
    [InlineData("+4930901820", " +49 (0)30 / 90-18-20 ")]
    [InlineData("+4930901820", "\uFF0B49 30 901820")]
    [InlineData("grace@example.org", "Grace <grace@example.org>")]
    [InlineData("grace@example.org", "\"Hopper, Grace\" <GRACE@example.org>")]
    [InlineData("grace@example.org", "mailto:grace@example.org?subject=Help")]
    [InlineData("grace@xn--bcher-kva.example", "<grace@bücher.example>")]
    public async Task EveryCall_AsAnInvitationTakesIt_FindsTheCustomer(string stored, string typed)
    {
        var mine = await AddEndedAsync("Somebody", stored);
        var other = await AddEndedAsync("Somebody", "grace.ii@example.org");

        (await desk.PersonalData.ExportAsync(desk.Ada, typed, Cancellation)).Should().BeOfType<CustomerExport.Found>()
            .Which.Sessions.Should().ContainSingle().Which.Session.Id.Should().Be(mine);
        (await desk.Directory.ListAsync(desk.Ada, new() { Tenant = desk.Ada.Tenant, Customer = typed }, Cancellation))
            .Should().ContainSingle().Which.Id.Should().Be(mine);
        (await desk.PersonalData.EraseAsync(desk.Ada, typed, Cancellation)).Should().Be(new CustomerErasure.Done(1, 0));

        (await desk.Directory.ListAsync(new() { Tenant = desk.Ada.Tenant }, Cancellation)).Should().ContainSingle().Which.Id.Should().Be(other);
    }

    [Theory]
    [InlineData("grace@example.org, grace.ii@example.org")]
    [InlineData("Grace <grace@example.org>, Grace II <grace.ii@example.org>")]
    [InlineData("030 901820")]
    [InlineData("mailto:grace@example.org%0Agrace.ii@example.org")]
    public async Task EveryCall_OfWhatIsNobodysNumberOrAddress_IsANameAlone(string typed)
    {
        await AddEndedAsync("Somebody", "grace@example.org");
        await AddEndedAsync("Somebody", "+4930901820");
        var named = await AddEndedAsync(typed, "alan@example.org");

        (await desk.PersonalData.ExportAsync(desk.Ada, typed, Cancellation)).Should().BeOfType<CustomerExport.Found>()
            .Which.Sessions.Should().ContainSingle().Which.Session.Id.Should().Be(named);
        (await desk.PersonalData.EraseAsync(desk.Ada, typed, Cancellation)).Should().Be(new CustomerErasure.Done(1, 0));
    }

    [Fact]
    public async Task List_OfWhomIsNamedByOneFormAndWrittenToUnderTheOther_HasEachOncePageByPage()
    {
        const string Typed = "+49 30 901820";
        var sessions = new List<SessionId>();
        foreach (var (name, to) in new[] { ("Grace", "+4930901820"), (Typed, "grace@example.org"), (Typed, "+4930901820"), ("Grace", "+4930901820") })
        {
            desk.Time.Advance(TimeSpan.FromSeconds(1));
            sessions.Insert(0, await AddEndedAsync(name, to));
        }

        var listed = new List<SessionId>();
        var query = new SessionQuery { Tenant = desk.Ada.Tenant, Customer = Typed, Limit = 1 };
        while (await desk.Directory.ListAsync(desk.Ada, query, Cancellation) is [var next])
        {
            listed.Add(next.Id);
            query = query with { After = next.Id };
        }

        listed.Should().Equal(sessions);
        ((CustomerExport.Found)await desk.PersonalData.ExportAsync(desk.Ada, Typed, Cancellation)).Sessions.Select(one => one.Session.Id).Should().Equal(sessions);
        (await desk.PersonalData.EraseAsync(desk.Ada, Typed, Cancellation)).Should().Be(new CustomerErasure.Done(4, 0));
    }

    private async Task<SessionId> AddEndedAsync(string name, string to)
    {
        var draft = new Draft { Tenant = desk.Ada.Tenant, CustomerName = name, To = to, Messages = ["message"], At = desk.Time.GetUtcNow() };
        var session = (await desk.Store.CreateAsync(draft.Build(), Cancellation)).Session!.Session;
        await desk.Technicians.CloseAsync(desk.Ada, session.Id, Cancellation);
        return session.Id;
    }
}
