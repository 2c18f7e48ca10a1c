using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Guessing;
using Rescue.Sessions.Joining;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Tests.Support;

namespace Rescue.Sessions.Tests.Creating;

/// <summary>A PIN that is longer than usual, for a customer whose usual ones are not looked at.</summary>
public sealed class LongerPinTests
{
    [Theory]
    [InlineData(6, null, 6)]
    [InlineData(6, 6, 6)]
    [InlineData(6, 8, 8)]
    [InlineData(6, 12, 12)]
    [InlineData(8, 7, 8)]
    public async Task Create_PinLength_IsTheFewestDigits(int usual, int? asked, int length)
    {
        using var desk = new SupportDesk(options => options.Codes.PinLength = usual);

        (await CreateAsync(desk, asked)).Digits.Should().HaveLength(length);
    }

    [Fact]
    public async Task Create_LongerWhileTheBudgetOfTheUsualLengthIsSpent_IsLookedAt()
    {
        using var desk = new SupportDesk(options => options.Guessing.PerTenant = 1);
        var usual = await CreateAsync(desk, null);
        var wrong = PinCode.Parse(usual.Digits == "000000" ? "000001" : "000000");
        await desk.Customers.JoinAsync(new PinAttempt(wrong, null), null);
        (await desk.Customers.JoinAsync(new PinAttempt(usual, null), null)).Should().BeOfType<JoinResult.Refused>();

        var longer = await CreateAsync(desk, 8);

        (await desk.Customers.LookUpAsync(new PinAttempt(longer, null))).Should().BeOfType<CodeLookup.Found>();
        (await desk.Customers.JoinAsync(new PinAttempt(longer, null), null)).Should().BeOfType<JoinResult.Joined>();
    }

    [Fact]
    public async Task Create_PinIsTaken_KeepsItsLengthWhenItIsDrawnAgain()
    {
        var store = DispatchProxy.Create<ISessionStore, TakenOnce>();
        using var desk = new SupportDesk(register: services => services.AddSingleton(store));

        var pin = await CreateAsync(desk, 9);

        ((TakenOnce)(object)store).Times.Should().Be(2);
        pin.Digits.Should().HaveLength(9);
    }

    [Theory]
    [InlineData(int.MinValue)]
    [InlineData(5)]
    [InlineData(13)]
    public async Task Create_PinLengthOutOfRange_NamesTheField(int asked)
    {
        using var desk = new SupportDesk();

        var result = await desk.Invitations.CreateAsync(desk.Ada, new("Grace") { PinLength = asked });

        result.Should().BeOfType<CreateSessionResult.Refused>().Which.Reason.Should().BeOfType<Refusal.Invalid>()
            .Which.Problems.Should().Equal(new FieldProblem("pinLength", "The PIN must have 6 to 12 digits."));
    }

    private static async Task<PinCode> CreateAsync(SupportDesk desk, int? length) =>
        (await desk.Invitations.CreateAsync(desk.Ada, new("Grace") { PinLength = length })).Should().BeOfType<CreateSessionResult.Created>().Which.Link!.Pin;

    /// <summary>A store in memory in which the first PIN is somebody's already.</summary>
    public class TakenOnce : DispatchProxy
    {
        private readonly InMemorySessionStore inner = new();

        public int Times { get; private set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod!.Name == nameof(ISessionStore.CreateAsync) && Times++ == 0
                ? new ValueTask<SessionCreationResult>(new SessionCreationResult(SessionCreationOutcome.PinTaken, null, 0))
                : targetMethod.Invoke(inner, args);
    }
}
