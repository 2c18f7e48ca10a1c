using HelpDesk.Data;
using HelpDesk.Technicians;
using Rescue.Sessions.TestHost;

namespace HelpDesk.Tests.Technicians;

public sealed class DisabledTechniciansTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Disabled_AfterARestart_IsStillDisabled()
    {
        Open().Add("full");
        Open().Add("mobile");
        Open().Remove("full");

        var later = Open();

        later.Contains("mobile").Should().BeTrue();
        later.Contains("full").Should().BeFalse();
    }

    [Fact]
    public void WhenDisabled_BeforeDuringAndAfter_TellsWhetherTheyAre()
    {
        var disabled = Open();
        var before = disabled.WhenDisabled("full");
        before.IsCancellationRequested.Should().BeFalse();

        disabled.Add("full");
        before.IsCancellationRequested.Should().BeTrue();
        disabled.WhenDisabled("full").IsCancellationRequested.Should().BeTrue();
        disabled.WhenDisabled("mobile").IsCancellationRequested.Should().BeFalse();

        disabled.Remove("full");
        disabled.WhenDisabled("full").IsCancellationRequested.Should().BeFalse();
    }

    public void Dispose() => folder.Dispose();

    private DisabledTechnicians Open() => new(new SampleData(folder.Path));
}
