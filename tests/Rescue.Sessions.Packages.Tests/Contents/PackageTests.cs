using System.Text.RegularExpressions;
using Rescue.Sessions.Packages.Feed;

namespace Rescue.Sessions.Packages.Contents;

/// <summary>What somebody sees of a package before they use it.</summary>
public sealed partial class PackageTests(PackedFeed feed)
{
    [Fact]
    public void Feed_Holds_EveryPackageOfTheSources()
    {
        var projects = Directory.GetFiles(Path.Combine(PackedFeed.Repository, "src"), "*.csproj", SearchOption.AllDirectories)
            .Select(Path.GetFileNameWithoutExtension).Where(name => name!.StartsWith("Rescue.Sessions", StringComparison.Ordinal));
        var packed = Directory.GetFiles(feed.Folder, "*.nupkg").Select(file => Path.GetFileName(file)[..^$".{PackedFeed.Version}.nupkg".Length]);

        packed.Should().BeEquivalentTo(projects);
        packed.Should().Contain(Libraries.DependenciesOf.Keys);
    }

    [Theory]
    [MemberData(nameof(Libraries.Everything), MemberType = typeof(Libraries))]
    public void Package_Says_WhatItIs(string id)
    {
        using var package = feed.Open(id);

        package.Value("license").Should().Be("MIT");
        package.Value("description").Should().NotBeNullOrWhiteSpace().And.NotContain("Package Description");
        package.Value("tags").Should().Contain("support").And.Contain("helpdesk");
        package.Value("authors").Should().Be("The Rescue.Sessions contributors");
        package.Names.Should().Contain(package.Value("icon")).And.Contain(package.Value("readme"));
        package.Bytes(package.Value("icon")!).Take(8).Should().Equal(0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a);
        var repository = package.Metadata.Elements().Single(element => element.Name.LocalName == "repository");
        ((string?)repository.Attribute("url")).Should().Be(PackedFeed.RepositoryUrl);
        ((string?)repository.Attribute("commit")).Should().MatchRegex("^[0-9a-f]{40}$");
    }

    [Theory]
    [MemberData(nameof(Libraries.Everything), MemberType = typeof(Libraries))]
    public void Package_Readme_IsItsOwnAndReadableAnywhere(string id)
    {
        using var package = feed.Open(id);
        var readme = package.Text("README.md");

        readme.Should().StartWith($"# {id}\n").And.Contain("MIT").And.Contain("```");
        readme.Length.Should().BeLessThan(4000, "it is read in a list of packages");
        var links = Link().Matches(readme).Select(match => match.Groups[1].Value).ToArray();
        links.Should().NotBeEmpty().And.OnlyContain(link => link.StartsWith(PackedFeed.RepositoryUrl + "/blob/", StringComparison.Ordinal));
        foreach (var link in links)
            Exists(InRepository(link)).Should().BeTrue($"{link} leads to a file");
    }

    [Theory]
    [MemberData(nameof(Libraries.All), MemberType = typeof(Libraries))]
    public void Package_Depends_OnWhatTheDesignSays(string id)
    {
        using var package = feed.Open(id);

        package.Dependencies.Select(dependency => dependency.Id).Should().BeEquivalentTo(Libraries.DependenciesOf[id]);
        package.Dependencies.Where(dependency => dependency.Id.StartsWith("Rescue.Sessions", StringComparison.Ordinal) && dependency.Version != PackedFeed.Version)
            .Should().BeEmpty("they belong together");
        package.Names.Where(name => name.EndsWith(".dll", StringComparison.Ordinal)).Should().OnlyContain(name => name.StartsWith("lib/net10.0/", StringComparison.Ordinal));
    }

    [Fact]
    public void Scriban_IsPrivate()
    {
        using var package = feed.Open("Rescue.Sessions.Email");

        package.Dependencies.Single(dependency => dependency.Id == "Scriban.Signed").Include.Should().Contain("Runtime").And.NotContain("Compile");
    }

    private static string InRepository(string link) =>
        Path.Combine(PackedFeed.Repository, link[(PackedFeed.RepositoryUrl.Length + "/blob/".Length)..].Split('/', 2)[1]);

    private static bool Exists(string path) => File.Exists(path) || Directory.Exists(path);

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
