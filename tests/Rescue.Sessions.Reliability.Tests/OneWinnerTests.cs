using Rescue.Sessions.TestServers;

namespace Rescue.Sessions.Reliability.Tests;

public sealed class OneWinnerTests
{
    [Fact]
    public async Task Races_ShortRun_HaveOneWinnerEach()
    {
        TestServer.PostgreSql.Require();

        var (exitCode, output) = await FigureRun.RunAsync("races", count: 5);

        exitCode.Should().Be(0, output);
        output.Should().EndWith("HOLDS\n").And.NotContain("DOES NOT HOLD");
    }
}
