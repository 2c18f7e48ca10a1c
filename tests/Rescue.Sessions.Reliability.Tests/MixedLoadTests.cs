using Rescue.Sessions.TestServers;

namespace Rescue.Sessions.Reliability.Tests;

public sealed class MixedLoadTests
{
    [Fact]
    public async Task MixedLoad_ShortRun_Holds()
    {
        TestServer.PostgreSql.Require();

        var (exitCode, output) = await FigureRun.RunAsync("r14", count: 10);

        exitCode.Should().Be(0, output);
        output.Should().EndWith("HOLDS\n").And.NotContain("DOES NOT HOLD");
    }
}
