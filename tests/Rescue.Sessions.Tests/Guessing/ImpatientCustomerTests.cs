using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Guessing;
using Rescue.Sessions.Joining;
using Rescue.Sessions.Tests.Support;

namespace Rescue.Sessions.Tests.Guessing;

/// <summary>A request that is given up while a PIN is looked at costs a guess where the PIN is wrong, and none where it is right.</summary>
public sealed class ImpatientCustomerTests : IDisposable
{
    private readonly CancellationTokenSource patience = new();
    private readonly SupportDesk desk;
    private bool leaves;

    public ImpatientCustomerTests()
    {
        var (store, probe) = StoreProbe.Create();
        probe.Asked = _ =>
        {
            if (leaves)
                patience.Cancel();
        };
        desk = new(options => (options.Guessing.PerAddress, options.Guessing.PerTenant, options.Guessing.Overall) = (1, 0, 0), services => services.AddSingleton(store));
    }

    public void Dispose()
    {
        patience.Dispose();
        desk.Dispose();
    }

    [Theory]
    [InlineData("join")]
    [InlineData("lookUp")]
    [InlineData("decline")]
    public async Task RightPin_GivenUpWhileTheStoreWaits_CostsNoGuess(string verb)
    {
        var (_, link) = await desk.CreateAsync();
        leaves = true;

        await TryAsync(verb, link.Pin);

        leaves = false;
        var (_, next) = await desk.CreateAsync();
        (await desk.Customers.LookUpAsync(Attempt(next.Pin))).Should().BeOfType<CodeLookup.Found>();
    }

    [Theory]
    [InlineData("join")]
    [InlineData("lookUp")]
    [InlineData("decline")]
    public async Task WrongPin_GivenUpWhileTheStoreWaits_CostsAGuess(string verb)
    {
        var (_, link) = await desk.CreateAsync();
        leaves = true;

        await TryAsync(verb, PinCode.Parse(link.Pin.Digits == "000000" ? "000001" : "000000"));

        leaves = false;
        (await desk.Customers.LookUpAsync(Attempt(link.Pin))).Should().BeOfType<CodeLookup.Refused>();
    }

    private async Task TryAsync(string verb, PinCode pin)
    {
        try
        {
            _ = verb switch
            {
                "join" => (object)await desk.Customers.JoinAsync(Attempt(pin), "applet-1", patience.Token),
                "lookUp" => await desk.Customers.LookUpAsync(Attempt(pin), patience.Token),
                _ => await desk.Customers.DeclineAsync(Attempt(pin), patience.Token),
            };
        }
        catch (OperationCanceledException)
        {
            // Nobody waits for an answer.
        }
    }

    private static PinAttempt Attempt(PinCode pin) => new(pin, IPAddress.Parse("192.0.2.1"));
}
