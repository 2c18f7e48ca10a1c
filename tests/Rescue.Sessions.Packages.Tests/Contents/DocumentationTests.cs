using System.Reflection;
using System.Xml.Linq;
using Rescue.Sessions.Packages.Feed;

namespace Rescue.Sessions.Packages.Contents;

/// <summary>What an editor shows of a package's members.</summary>
public sealed class DocumentationTests(PackedFeed feed)
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Theory]
    [MemberData(nameof(Libraries.All), MemberType = typeof(Libraries))]
    public void Documentation_Holds_NoInternalMember(string id)
    {
        using var package = feed.Open(id);
        var names = XDocument.Parse(package.Text($"lib/net10.0/{id}.xml")).Descendants("member").Select(member => (string)member.Attribute("name")!).ToArray();
        var visible = Visible(Assembly.Load(id)).ToHashSet();

        names.Should().NotBeEmpty();
        names.Where(name => !visible.Contains(Bare(name))).Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Libraries.Documented), MemberType = typeof(Libraries))]
    public void Documentation_Covers_EveryPublicType(string id)
    {
        using var package = feed.Open(id);
        var names = XDocument.Parse(package.Text($"lib/net10.0/{id}.xml")).Descendants("member").Select(member => (string)member.Attribute("name")!).ToHashSet();

        Assembly.Load(id).GetExportedTypes().Select(type => $"T:{Written(type)}").Where(name => !names.Contains(name)).Should().BeEmpty();
    }

    private static IEnumerable<string> Visible(Assembly assembly) => assembly.GetExportedTypes().SelectMany(type =>
        type.GetMembers(Declared).Where(member => member is not Type && IsVisible(member)).Select(member => $"{Written(type)}.{member.Name.Replace('.', '#')}")
            .Append(Written(type)));

    private static bool IsVisible(MemberInfo member) => member switch
    {
        MethodBase method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly,
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsVisible),
        FieldInfo field => field.IsPublic || field.IsFamily,
        EventInfo @event => IsVisible(@event.AddMethod!),
        _ => false,
    };

    private static string Written(Type type) => type.FullName!.Replace('+', '.');

    private static string Bare(string name) => name[2..].Split('(')[0].Split("``")[0];
}
