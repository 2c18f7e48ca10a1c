using HelpDesk.Data;
using Rescue.Sessions.TestHost;

namespace HelpDesk.Tests.Data;

public sealed class CodeKeyTests : IDisposable
{
    private readonly TemporaryFolder _parent = new();

    [Fact]
    public void ReadOrMake_CopiesThatStartAtOnce_HaveOneKey()
    {
        for (var round = 0; round < 50; round++)
        {
            var data = new SampleData(Path.Combine(_parent.Path, $"{round}"));
            using var ready = new Barrier(4);

            var keys = Enumerable.Range(0, ready.ParticipantCount).AsParallel().WithDegreeOfParallelism(ready.ParticipantCount).WithExecutionMode(ParallelExecutionMode.ForceParallelism).Select(_ =>
            {
                ready.SignalAndWait();
                return CodeKey.ReadOrMake(data);
            }).ToArray();

            keys.Distinct().Should().ContainSingle().Which.Should().Be(CodeKey.ReadOrMake(data));
            Directory.GetFiles(data.Folder).Should().ContainSingle();
        }
    }

    public void Dispose() => _parent.Dispose();
}
