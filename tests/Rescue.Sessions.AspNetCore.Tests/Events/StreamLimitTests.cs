using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Rescue.Sessions.AspNetCore.Events;

namespace Rescue.Sessions.AspNetCore.Tests.Events;

/// <summary>Streams that come before those that are let go have ended.</summary>
public sealed class StreamLimitTests
{
    [Theory]
    [InlineData("technician")]
    [InlineData("tenant")]
    [InlineData("overall")]
    [InlineData("applet")]
    [InlineData("guest")]
    public async Task Open_FasterThanTheOldestEnd_LetsGoEachThatIsTooMany(string limit)
    {
        const int Most = 2;
        const int Opened = 7;
        using var streams = new OpenStreams(Options.Create(Limited(limit, Most)), TimeProvider.System);
        var session = SessionId.New(DateTimeOffset.UnixEpoch);

        var opened = Enumerable.Range(0, Opened).Select(i => limit switch
        {
            "applet" => streams.Open(new DefaultHttpContext(), session),
            "guest" => streams.Open(new DefaultHttpContext(), session, "one"),
            "technician" => streams.Open(new DefaultHttpContext(), new Technician("ada", "Ada"), () => new(true)),
            _ => streams.Open(new DefaultHttpContext(), new Technician($"t{i}", "Ada"), () => new(true)),
        }).ToArray();

        opened.Select(stream => stream.IsLetGo).Should().Equal(Enumerable.Range(0, Opened).Select(i => i < Opened - Most));
        foreach (var stream in opened)
            await stream.DisposeAsync();
        streams.Count.Should().Be(0);
    }

    private static RescueWebOptions Limited(string limit, int most)
    {
        var options = new RescueWebOptions();
        switch (limit)
        {
            case "technician":
                options.Streams.PerTechnician = most;
                break;
            case "tenant":
                options.Streams.PerTenant = most;
                break;
            case "overall":
                options.Streams.Overall = most;
                break;
            default:
                options.Streams.PerApplet = most;
                break;
        }

        return options;
    }
}
