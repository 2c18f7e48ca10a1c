using CsCheck;
using Rescue.Sessions.Codes;

namespace Rescue.Sessions.Tests.Codes;

public sealed class PinLengthTests
{
    [Theory]
    [InlineData(6, 0, 6)]
    [InlineData(6, 999, 6)]
    [InlineData(6, 1_000, 7)]
    [InlineData(6, 9_999, 7)]
    [InlineData(6, 10_000, 8)]
    [InlineData(6, 1_000_000, 10)]
    [InlineData(8, 0, 8)]
    [InlineData(8, 100_000, 9)]
    [InlineData(12, long.MaxValue, 12)]
    [InlineData(3, 0, 6)]
    [InlineData(15, 0, 12)]
    public void For_LiveCodes_KeepsThemSparse(int least, long live, int length) => PinLength.For(least, live).Should().Be(length);

    [Fact]
    public void For_AnyNumberUpToABillion_LeavesAThousandPinsPerLiveOne() =>
        Gen.Long[0, 999_999_999].Sample(live => live * 1000 < (long)Math.Pow(10, PinLength.For(6, live)));
}
