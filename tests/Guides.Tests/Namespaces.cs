using System.Reflection;
using System.Runtime.CompilerServices;

namespace Guides.Tests;

/// <summary>Which namespaces a reader must have said before a block of code compiles where they paste it.</summary>
internal static class Namespaces
{
    // What a web project has without a word, and what the project of this test has of ours.
    private static readonly HashSet<string> Said =
    [
        "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Net.Http.Json", "System.Threading", "System.Threading.Tasks",
        "Microsoft.AspNetCore.Builder", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Http", "Microsoft.AspNetCore.Routing",
        "Microsoft.Extensions.Configuration", "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Hosting", "Microsoft.Extensions.Logging",
    ];

    private static readonly Lazy<Type[]> Everything = new(() =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).Contains("Test", StringComparison.Ordinal) || Path.GetFileName(path).StartsWith("Rescue.", StringComparison.Ordinal))
            .SelectMany(Exported),
    ]);

    private static readonly Lazy<ILookup<string, Type>> ByNamespace = new(() => Everything.Value.ToLookup(type => type.Namespace ?? ""));

    // What is called so may be one of these.
    private static readonly Lazy<HashSet<string>> SaidMethods = new(() => [.. Said.SelectMany(name => ByNamespace.Value[name]).SelectMany(type => type.GetMethods()).Select(method => method.Name)]);

    // Not all that lies beside a program can be loaded.
    private static Type[] Exported(string path)
    {
        try
        {
            return Assembly.Load(AssemblyName.GetAssemblyName(path)).GetExportedTypes();
        }
        catch (Exception failure) when (failure is IOException or BadImageFormatException or TypeLoadException)
        {
            return [];
        }
    }

    /// <summary>Those of the usings without which the block does not compile.</summary>
    public static IEnumerable<string> NeededBy(CodeBlock block, IEnumerable<string> usings) => usings.Where(line => Needs(block, line));

    private static bool Needs(CodeBlock block, string line)
    {
        if (line.StartsWith("using static ", StringComparison.Ordinal))
            return TypeOf(line["using static ".Length..^1]).GetMembers().Any(member => block.Types.Contains(member.Name));
        var name = line["using ".Length..^1];
        return !Said.Contains(name) && ByNamespace.Value[name].Any(type => !type.IsNested && (block.Types.Contains(type.Name.Split('`')[0]) || Extends(block, type)));
    }

    private static Type TypeOf(string name) => Everything.Value.First(type => type.FullName == name);

    private static bool Extends(CodeBlock block, Type type) =>
        type is { IsAbstract: true, IsSealed: true }
        && type.GetMethods(BindingFlags.Public | BindingFlags.Static).Any(method =>
            block.Calls.Contains(method.Name) && method.IsDefined(typeof(ExtensionAttribute)) && !SaidMethods.Value.Contains(method.Name));
}
