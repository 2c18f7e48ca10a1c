using Rescue.Sessions.TestHost;

namespace HelpDesk.Tests.WholePath;

/// <summary>One process of the sample for all tests of a class, which use customers and addresses of their own.</summary>
public sealed class SharedHelpDesk : IAsyncLifetime
{
    public RunningHelpDesk Desk { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Desk = await RunningHelpDesk.StartAsync();

    public ValueTask DisposeAsync() => Desk.DisposeAsync();
}
