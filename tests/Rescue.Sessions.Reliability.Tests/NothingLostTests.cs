using Rescue.Sessions.TestServers;

namespace Rescue.Sessions.Reliability.Tests;

public sealed class NothingLostTests
{
    [Fact]
    public async Task NothingLost_ShortRun_Holds()
    {
        TestServer.PostgreSql.Require();

        var (exitCode, output) = await FigureRun.RunAsync("r8", count: 90);

        exitCode.Should().Be(0, output);
        output.Should().EndWith("HOLDS\n").And.NotContain("DOES NOT HOLD");
    }
}
