using Rescue.Sessions.AspNetCore.Protection;

namespace Rescue.Sessions.AspNetCore.Tests.Protection;

public sealed class RepeatableSignInsTests
{
    [Fact]
    public void Note_MoreKindsThanAreKept_LearnsTheNextAllTheSame()
    {
        var signIns = new RepeatableSignIns();
        for (var named = 0; named < 1_000; named++)
            signIns.Note($"cookie\n?{named}", isAsked: false);

        signIns.Note("cookie", isAsked: true);

        signIns.Has("cookie").Should().BeTrue();
        signIns.IsAsked("cookie").Should().BeTrue();
        Enumerable.Range(0, 1_000).Count(named => signIns.Has($"cookie\n?{named}")).Should().BeLessThanOrEqualTo(100);
    }
}
