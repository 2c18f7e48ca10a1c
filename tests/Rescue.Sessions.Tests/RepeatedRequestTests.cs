using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Fields;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Limits;
using Rescue.Sessions.Tests.Support;

namespace Rescue.Sessions.Tests;

/// <summary>An identical request without an idempotency key, a moment later.</summary>
public sealed class RepeatedRequestTests : IDisposable
{
    private readonly SupportDesk desk = new(options => options.Codes.RepeatWindow = new CodeOptions().RepeatWindow);

    public void Dispose() => desk.Dispose();

    public static TheoryData<string, NewSession> Requests => new()
    {
        { "by PIN", new("Grace") },
        { "with a reference", new("Grace") { Reference = "T-1" } },
        { "with fields", new("Grace") { Fields = new CustomFields { Field0 = "x" } } },
        { "by mail", new("Grace") { Invitation = new() { Delivery = EmailDelivery.OnMyBehalf, To = "grace@example.org", Language = "fr" } } },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Create_TheSameWithinTheWindow_IsTheFirstOnesSession(string what, NewSession request)
    {
        var first = await CreateAsync(request);
        desk.Time.Advance(TimeSpan.FromMilliseconds(50));

        var second = await CreateAsync(request with { });

        second.IsRepeat.Should().BeTrue(what);
        second.Session.Should().Be(first.Session);
        second.Link!.ToUri().Should().Be(first.Link!.ToUri());
        desk.Time.Advance(TimeSpan.FromSeconds(10));
        (await CreateAsync(request)).IsRepeat.Should().BeFalse();
    }

    [Fact]
    public async Task Create_AnythingElse_IsASessionOfItsOwn()
    {
        var invitation = new NewInvitation { Delivery = EmailDelivery.OnMyBehalf, To = "grace@example.org" };
        NewSession[] requests =
        [
            new("Grace"), new("Grace H"), new("Grace") { Reference = "T-1" }, new("Grace") { Invitation = invitation },
            new("Grace") { Invitation = invitation with { To = "grace@example.com" } }, new("Grace") { Invitation = invitation with { Language = "de" } },
            new("Grace") { PinLength = 8 }, new("Grace") { PinLength = 9 }, new("Grace") { IdempotencyKey = "a" }, new("Grace") { IdempotencyKey = "b" },
        ];

        foreach (var request in requests)
            (await CreateAsync(request)).IsRepeat.Should().BeFalse(request.ToString());
        (await CreateAsync(new("Grace"), desk.Alan)).IsRepeat.Should().BeFalse();
        (await CreateAsync(new("Grace"), desk.Ada with { Tenant = "elsewhere" })).IsRepeat.Should().BeFalse();
    }

    [Fact]
    public async Task Create_AgainAfterTheFirstWasRevoked_IsANewOne()
    {
        var first = await CreateAsync(new("Grace"));
        await desk.Technicians.RevokeAsync(desk.Ada, first.Session.Id);

        (await CreateAsync(new("Grace"))).IsRepeat.Should().BeFalse();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Create_Repeats_TakeNothingFromTheLimitsAndAreAnsweredWhenTheyAreSpent(bool byMail)
    {
        using var strict = new SupportDesk(options =>
        {
            options.Codes.RepeatWindow = TimeSpan.FromSeconds(10);
            options.Codes.IssueLimit = 2;
            options.Invitations.RecipientLimit = 2;
        });
        var invitation = byMail ? new NewInvitation { Delivery = EmailDelivery.OnMyBehalf, To = "grace@example.org" } : null;
        var (grace, other) = (new NewSession("Grace") { Invitation = invitation }, new NewSession("Other") { Invitation = invitation });

        for (var i = 0; i < 5; i++)
            (await CreateAsync(grace, strict.Ada, strict)).IsRepeat.Should().Be(i > 0);
        (await CreateAsync(other, strict.Ada, strict)).IsRepeat.Should().BeFalse("repeats have taken nothing");
        (await CreateAsync(grace, strict.Ada, strict)).IsRepeat.Should().BeTrue("it issues nothing");
        (await strict.Invitations.CreateAsync(strict.Ada, new("Third"))).Should().BeOfType<CreateSessionResult.Refused>().Which.Reason.Should().BeOfType<Refusal.TooMany>();
    }

    [Fact]
    public async Task Create_AtOnce_MakesOne()
    {
        var made = new System.Collections.Concurrent.ConcurrentBag<CreateSessionResult.Created>();

        await Parallel.ForAsync(0, 32, async (_, _) => made.Add(await CreateAsync(new("Grace"))));

        made.Should().ContainSingle(created => !created.IsRepeat);
        made.Select(created => created.Session.Id).Distinct().Should().ContainSingle();
    }

    /// <summary>Both have looked before either has made anything.</summary>
    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task Create_TwiceAtOnceWithOneKey_TakesFromTheLimitsOnce(bool isSame, bool byMail)
    {
        var limits = new LimitProbe();
        using var strict = new SupportDesk(
            options => (options.Codes.IssueLimit, options.Invitations.RecipientLimit) = (2, 2), services => services.AddSingleton<ILimitStore>(limits));
        var invitation = byMail ? new NewInvitation { Delivery = EmailDelivery.OnMyBehalf, To = "grace@example.org" } : null;
        var request = new NewSession("Grace") { IdempotencyKey = "click", Invitation = invitation };
        limits.Taking = async _ =>
        {
            limits.Taking = null;
            await CreateAsync(isSame ? request : request with { Reference = "T-1" }, strict.Ada, strict);
        };

        var late = await strict.Invitations.CreateAsync(strict.Ada, request, byMail ? SupportDesk.Compose : null);

        if (isSame)
            late.Should().BeOfType<CreateSessionResult.Created>().Which.IsRepeat.Should().BeTrue();
        else
            late.Should().BeOfType<CreateSessionResult.KeyReused>();
        (await CreateAsync(new("Other") { Invitation = invitation }, strict.Ada, strict)).IsRepeat.Should().BeFalse("there is room for a second");
    }

    private Task<CreateSessionResult.Created> CreateAsync(NewSession request, Technician? by = null) => CreateAsync(request, by ?? desk.Ada, desk);

    private static async Task<CreateSessionResult.Created> CreateAsync(NewSession request, Technician by, SupportDesk at)
    {
        var result = await at.Invitations.CreateAsync(by, request, request.Invitation is null ? null : SupportDesk.Compose);
        return result.Should().BeOfType<CreateSessionResult.Created>().Subject;
    }
}
