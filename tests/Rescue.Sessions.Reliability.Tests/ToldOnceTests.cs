using Rescue.Sessions.TestServers;

namespace Rescue.Sessions.Reliability.Tests;

public sealed class ToldOnceTests
{
    [Fact]
    public async Task ToldOnce_ShortRun_Holds()
    {
        TestServer.PostgreSql.Require();

        var (exitCode, output) = await FigureRun.RunAsync("r16", count: 700);

        exitCode.Should().Be(0, output);
        output.Should().EndWith("HOLDS\n").And.NotContain("DOES NOT HOLD");
    }
}
