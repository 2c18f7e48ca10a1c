using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HelpDesk.Tests.Architecture;

/// <summary>
/// The code of a package as the compiler understands it, so that a name counts as what it means: a type that is named, and a type whose member is used without
/// naming it. What comments name does not count.
/// </summary>
internal static class PackageCode
{
    /// <summary>The folder of what lies beside the project file.</summary>
    public const string Root = "(root)";

    private const string ImplicitUsings =
        """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        """;

    private static readonly CSharpParseOptions Latest = new(LanguageVersion.Preview, DocumentationMode.None);

    private static readonly CSharpCompilationOptions Library = new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable);

    /// <summary>Which folders use types of which others.</summary>
    public static IReadOnlySet<FolderArrow> ArrowsOf(string package)
    {
        var folders = FilesOf(package).ToDictionary(
            entry => CSharpSyntaxTree.ParseText(File.ReadAllText(entry.File), Latest, entry.File), entry => entry.Folder);
        var compilation = CSharpCompilation.Create(
            package, [.. folders.Keys, CSharpSyntaxTree.ParseText(ImplicitUsings, Latest)], ReferencesFor(package), Library);
        return folders.Keys
            .SelectMany(tree => Used(tree, compilation).Select(type => (From: folders[tree], To: FolderOf(type, folders))))
            .Where(use => use.To is not null && use.To != use.From)
            .Select(use => new FolderArrow(use.From, use.To!))
            .ToHashSet();
    }

    private static IEnumerable<INamedTypeSymbol> Used(SyntaxTree tree, CSharpCompilation compilation)
    {
        var model = compilation.GetSemanticModel(tree);
        return tree.GetRoot().DescendantNodes(node => node is not UsingDirectiveSyntax)
            .Where(node => node is SimpleNameSyntax or ImplicitObjectCreationExpressionSyntax)
            .Select(node => model.GetSymbolInfo(node))
            .Select(info => info.Symbol ?? info.CandidateSymbols.FirstOrDefault())
            .Select(symbol => symbol as INamedTypeSymbol ?? symbol?.ContainingType)
            .OfType<INamedTypeSymbol>();
    }

    private static string? FolderOf(INamedTypeSymbol type, Dictionary<SyntaxTree, string> folders) =>
        type.OriginalDefinition.DeclaringSyntaxReferences is [var declared, ..] ? folders.GetValueOrDefault(declared.SyntaxTree) : null;

    private static IEnumerable<(string File, string Folder)> FilesOf(string package)
    {
        var home = Repository.PathOf($"src/{package}");
        foreach (var file in Directory.EnumerateFiles(home, "*.cs", SearchOption.AllDirectories))
        {
            var folder = Path.GetRelativePath(home, Path.GetDirectoryName(file)!).Replace('\\', '/');
            if (folder.Split('/')[0] is not ("bin" or "obj" or "Migrations"))
                yield return (file, folder == "." ? Root : folder);
        }

        // What is shared with other packages lies in the folder that the project gives it.
        foreach (var link in XDocument.Load(Path.Combine(home, $"{package}.csproj")).Descendants("Compile"))
        {
            var pattern = Path.Combine(home, link.Attribute("Include")!.Value);
            foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(pattern)!, Path.GetFileName(pattern)))
                yield return (file, link.Attribute("LinkBase")?.Value ?? Root);
        }
    }

    // All that this process could load, but for the package itself, which is compiled from its sources.
    private static IEnumerable<MetadataReference> ReferencesFor(string package) =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(file => Path.GetFileNameWithoutExtension(file) != package)
            .Select(file => MetadataReference.CreateFromFile(file));
}
