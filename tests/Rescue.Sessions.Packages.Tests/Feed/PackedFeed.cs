using System.Reflection;
using System.Runtime.CompilerServices;

namespace Rescue.Sessions.Packages.Feed;

/// <summary>Every package of the repository, packed once from what was built, in a folder that goes away.</summary>
public sealed class PackedFeed : IAsyncLifetime
{
    public const string Version = "99.0.0";
    public const string RepositoryUrl = "https://git.example.org/acme/rescue-sessions";

    private readonly string folder = Directory.CreateTempSubdirectory("packed-feed-").FullName;

    public string Folder => folder;

    /// <summary>The repository that is tested.</summary>
    public static string Repository { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../.."));

    public async ValueTask InitializeAsync() => await Dotnet.SucceedAsync(
        Repository, "pack", "src/Packages.proj", "-c", Metadata("Configuration"), "--no-build", "-o", folder, $"-p:Version={Version}", $"-p:RepositoryUrl={RepositoryUrl}", "-p:NuGetAudit=false");

    public ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    public PackageFile Open(string id) => new(Path.Combine(folder, $"{id}.{Version}.nupkg"));

    /// <summary>
    /// What makes a product in a folder restore from here and from what this machine has restored before, into a package folder of its own.
    /// </summary>
    public Task LetRestoreAsync(string product) => File.WriteAllTextAsync(Path.Combine(product, "Directory.Build.props"), $"""
        <Project>
          <PropertyGroup>
            <RestoreSources>{folder};{Metadata("PackageRoot")}</RestoreSources>
            <RestoreFallbackFolders>{Metadata("PackageRoot")}</RestoreFallbackFolders>
            <RestorePackagesPath>{Path.Combine(product, "packages")}</RestorePackagesPath>
            <NuGetAudit>false</NuGetAudit>
          </PropertyGroup>
        </Project>
        """);

    /// <summary>What the project file says, which knows versions and places.</summary>
    public static string Metadata(string key) =>
        typeof(PackedFeed).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;

    private static string Here([CallerFilePath] string file = "") => file;
}
