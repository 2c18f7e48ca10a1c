using Rescue.Sessions.Reliability.Templates.Attack;

namespace Rescue.Sessions.Email.Templates;

/// <summary>The short form of figure R7 (docs/reliability.md): a part of the same attacks, without a clock.</summary>
public sealed class TemplateAttackTests
{
    private const int Seed = 20261123;
    private const int Mutants = 20_000;

    /// <summary>Every so many shapes one is tried, with another beginning and size each time: no factor of the numbers of either.</summary>
    private const int Stride = 7;

    [Fact]
    public void Check_HostileShape_EndsWithinTheMemoryAllowed() =>
        Attack(Enumerable.Range(0, TemplateAttack.ShapeCount / Stride).Select(number => number * Stride)).Should().BePositive();

    [Fact]
    public void Check_Mutant_EndsWithinTheMemoryAllowed() =>
        Attack(Enumerable.Range(TemplateAttack.ShapeCount, Mutants)).Should().BePositive();

    [Fact]
    public void Measure_WorkOverTheLimit_IsSeen() =>
        TemplateMeter.Measure(() => GC.KeepAlive(new byte[2 * TemplateCost.Limit.AllocatedBytes])).AllocatedBytes
            .Should().BeGreaterThan(TemplateCost.Limit.AllocatedBytes);

    /// <summary>Handles the attacks of the numbers; answers how many were accepted, and so rendered too.</summary>
    private static int Attack(IEnumerable<int> numbers)
    {
        var attack = new TemplateAttack(Seed);
        var meter = new TemplateMeter();
        var count = 0;
        foreach (var number in numbers)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            var cost = meter.MeasureHandling(attack.Make(number), out var accepted);
            cost.AllocatedBytes.Should().BeLessThanOrEqualTo(TemplateCost.Limit.AllocatedBytes, "attack {0} of seed {1} is a template like any other", number, Seed);
            if (accepted) count++;
        }

        return count;
    }
}
