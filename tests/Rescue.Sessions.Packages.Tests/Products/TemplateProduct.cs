using Rescue.Sessions.Packages.Feed;

namespace Rescue.Sessions.Packages.Products;

/// <summary>A product by dotnet new rescue-helpdesk, built once for the tests of it.</summary>
public sealed class TemplateProduct(PackedFeed feed) : IAsyncLifetime
{
    private readonly ProductFolder folder = new();

    /// <summary>Where the solution lies.</summary>
    public string Path => System.IO.Path.Combine(folder.Path, "Acme");

    /// <summary>What the build said.</summary>
    public string Built { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        await feed.LetRestoreAsync(folder.Path);
        await Dotnet.SucceedAsync(folder.Path, ["new", "install", System.IO.Path.Combine(feed.Folder, $"Rescue.Sessions.Templates.{PackedFeed.Version}.nupkg"), .. folder.OwnTemplates]);
        await Dotnet.SucceedAsync(folder.Path, ["new", "rescue-helpdesk", "--name", "Acme", .. folder.OwnTemplates]);
        Built = await Dotnet.SucceedAsync(Path, "build");
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
