using Rescue.Sessions.TestServers;

namespace Rescue.Sessions.Reliability.Tests;

public sealed class OneTimeTests
{
    [Fact]
    public async Task OneTime_ShortRun_Holds()
    {
        TestServer.PostgreSql.Require();
        TestServer.Faketime.Require();

        var (exitCode, output) = await FigureRun.RunAsync("r11", count: 60);

        exitCode.Should().Be(0, output);
        output.Should().EndWith("HOLDS\n").And.NotContain("DOES NOT HOLD");
    }
}
