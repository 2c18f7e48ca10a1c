using System.Text.RegularExpressions;

namespace Rescue.Sessions.Components.Tests;

public sealed partial class ScriptTests
{
    /// <summary>What a strict content security policy, with trusted types, would refuse.</summary>
    [Theory]
    [InlineData("innerHTML")]
    [InlineData("outerHTML")]
    [InlineData("insertAdjacentHTML")]
    [InlineData("document.write")]
    [InlineData("srcdoc")]
    [InlineData("eval(")]
    [InlineData("new Function")]
    [InlineData("setAttribute('style'")]
    public void Scripts_NothingInline_IsMade(string forbidden)
    {
        foreach (var (name, script) in PackageFiles.Scripts)
            script.Should().NotContain(forbidden, name);
    }

    [Fact]
    public void Scripts_ImportOnlyEachOther()
    {
        var imported = PackageFiles.Scripts.Values.SelectMany(script => Imported().Matches(script)).Select(match => match.Groups[1].Value).ToHashSet();

        imported.Should().HaveCountGreaterThan(8);
        imported.Should().OnlyContain(name => name.StartsWith("./", StringComparison.Ordinal) && PackageFiles.Scripts.ContainsKey(name.Substring(2)));
    }

    [Fact]
    public void Types_NameEveryElementAttributeAndEvent()
    {
        var module = PackageFiles.Scripts["rescue-sessions.js"];
        var elements = ElementName().Matches(module).Select(match => match.Groups[1].Value).ToHashSet();
        var events = PackageFiles.Scripts.Values.SelectMany(script => Told().Matches(script)).Select(match => $"rescue-{match.Groups[1].Value}").ToHashSet();

        elements.Should().HaveCount(5);
        events.Should().HaveCountGreaterThan(6);
        foreach (var name in elements.Concat(events))
            PackageFiles.Types.Should().Contain($"'{name}'");
    }

    [GeneratedRegex(@"(?:from |import\(new URL\(|static view = |static beside = \[)'([^']+\.js)'")]
    private static partial Regex Imported();

    [GeneratedRegex(@"^  '(rescue-[a-z-]+)': \w+Element,$", RegexOptions.Multiline)]
    private static partial Regex ElementName();

    [GeneratedRegex(@"\.tell\('([a-z-]+)'")]
    private static partial Regex Told();
}
