using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Deadlines;
using Rescue.Sessions.Guessing;
using Rescue.Sessions.Joining;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Tests.Support;

namespace Rescue.Sessions.Tests.Guessing;

/// <summary>While a wrong PIN is answered the store is asked the same and answers nothing, whatever the PIN once was; time is measured by figure R2.</summary>
public sealed class TypedPinWorkTests : IDisposable
{
    private readonly CallRecord calls;
    private readonly SupportDesk desk;

    public TypedPinWorkTests()
    {
        var store = DispatchProxy.Create<ISessionStore, CallRecord>();
        calls = (CallRecord)(object)store;
        desk = new(options => options.Guessing.PerAddress = 0, services => services.AddSingleton(store));
    }

    public void Dispose() => desk.Dispose();

    [Theory]
    [InlineData("expired")]
    [InlineData("expiredAndRecorded")]
    [InlineData("used")]
    [InlineData("waiting")]
    [InlineData("ended")]
    [InlineData("revoked")]
    public async Task WrongPin_WhateverItWas_TakesWhatAnUnknownOneTakes(string kind)
    {
        var former = await SpoilAsync(kind);
        var unknown = PinCode.Parse(former.Digits == "000000" ? "000001" : "000000");

        foreach (var type in (Func<PinCode, Task>[])[JoinAsync, LookUpAsync, DeclineAsync])
            (await CallsOfAsync(() => type(former))).Should().NotBeEmpty().And.Equal(await CallsOfAsync(() => type(unknown)));
    }

    [Fact]
    public async Task RightPin_IsSeenToBeFound()
    {
        var (_, link) = await desk.CreateAsync();

        (await CallsOfAsync(() => desk.Customers.LookUpAsync(Attempt(link.Pin)).AsTask())).Should().Equal("FindAsync: a session");
    }

    private async Task<PinCode> SpoilAsync(string kind)
    {
        var (session, link) = await desk.CreateAsync();
        var joined = kind is "used" or "waiting" or "ended" ? await desk.JoinAsync(link, "customer") : null;
        if (kind is "waiting")
            await desk.Applets.ReadyAsync(session.Id, joined!.Key, null, null);
        if (kind is "expired" or "expiredAndRecorded")
            desk.Time.Advance(TimeSpan.FromMinutes(20));
        if (kind is "expiredAndRecorded")
            await desk.Get<OverdueSweep>().RunAsync(default);
        if (kind is "ended")
            await desk.Technicians.CloseAsync(desk.Ada, session.Id);
        if (kind is "revoked")
            await desk.Technicians.RevokeAsync(desk.Ada, session.Id);
        return link.Pin;
    }

    private async Task JoinAsync(PinCode pin) => (await desk.Customers.JoinAsync(Attempt(pin), "guesser")).Should().Be(new JoinResult.BadCode(JoinRefusal.Invalid));

    private async Task LookUpAsync(PinCode pin) =>
        (await desk.Customers.LookUpAsync(Attempt(pin))).Should().Be(new CodeLookup.BadCode(JoinRefusal.Invalid, null));

    private async Task DeclineAsync(PinCode pin) =>
        (await desk.Customers.DeclineAsync(Attempt(pin))).Should().Be(new DeclineResult.BadCode(JoinRefusal.Invalid, null));

    private async Task<string[]> CallsOfAsync(Func<Task> act)
    {
        calls.Seen.Clear();
        await act();
        return [.. calls.Seen];
    }

    private static PinAttempt Attempt(PinCode pin) => new(pin, null);

    /// <summary>A store in memory that writes down what it was asked and whether it knew an answer.</summary>
    public class CallRecord : DispatchProxy
    {
        private readonly InMemorySessionStore inner = new();

        public List<string> Seen { get; } = [];

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            var answer = targetMethod!.Invoke(inner, args);
            Seen.Add(targetMethod.Name + answer switch
            {
                ValueTask<StoredSession?> { Result: null } or ValueTask<TransitionResult> { Result.Session: null } => ": nothing",
                ValueTask<StoredSession?> or ValueTask<TransitionResult> => ": a session",
                _ => "",
            });
            return answer;
        }
    }
}
