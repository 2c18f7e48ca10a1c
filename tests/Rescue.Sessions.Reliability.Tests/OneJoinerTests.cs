using Rescue.Sessions.TestServers;

namespace Rescue.Sessions.Reliability.Tests;

public sealed class OneJoinerTests
{
    [Fact]
    public async Task OneJoiner_ShortRun_Holds()
    {
        TestServer.PostgreSql.Require();

        var (exitCode, output) = await FigureRun.RunAsync("r3", count: 5);

        exitCode.Should().Be(0, output);
        output.Should().EndWith("HOLDS\n").And.NotContain("DOES NOT HOLD");
    }
}
