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
        TemplateMeter.Measure(() => GC.KeepAlive(new byte[2 * TemplateCost.CheckLimit.AllocatedBytes]), TemplateCost.CheckLimit).AllocatedBytes
            .Should().BeGreaterThan(TemplateCost.CheckLimit.AllocatedBytes);

    /// <summary>Handles the attacks of the numbers; answers how many were accepted, and so rendered too.</summary>
    private static int Attack(IEnumerable<int> numbers)
    {
        var attack = new TemplateAttack(Seed);
        var count = 0;
        foreach (var number in numbers)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            TemplateMeter.MeasureCheck(attack.Make(number), out var template).AllocatedBytes
                .Should().BeLessThanOrEqualTo(TemplateCost.CheckLimit.AllocatedBytes, "attack {0} of seed {1} is a template like any other", number, Seed);
            if (template is null)
                continue;
            count++;
            TemplateMeter.MeasureRendering(template).AllocatedBytes
                .Should().BeLessThanOrEqualTo(TemplateCost.RenderLimit.AllocatedBytes, "attack {0} of seed {1} is a template like any other", number, Seed);
        }

        return count;
    }
}
