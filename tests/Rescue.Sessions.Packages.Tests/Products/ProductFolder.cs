namespace Rescue.Sessions.Packages.Products;

/// <summary>The folder of a product that a test makes. It goes away with the test.</summary>
internal sealed class ProductFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("product-").FullName;

    /// <summary>What makes dotnet new keep its templates here: the machine's stay as they are, and no two tests make them at once.</summary>
    public IReadOnlyList<string> OwnTemplates => ["--debug:custom-hive", System.IO.Path.Combine(Path, ".hive")];

    public Task WriteAsync(string file, string text) => File.WriteAllTextAsync(System.IO.Path.Combine(Path, file), text, TestContext.Current.CancellationToken);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
