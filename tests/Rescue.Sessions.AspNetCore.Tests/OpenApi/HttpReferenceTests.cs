namespace Rescue.Sessions.AspNetCore.Tests.OpenApi;

public class HttpReferenceTests
{
    /// <summary>Set it to 1 to have the reference written anew.</summary>
    private const string Update = "UPDATE_DOCS";

    [Fact]
    public async Task Reference_IsWhatTheDocumentSays()
    {
        var file = Path.Combine(Root(), "docs", "http.md");
        var reference = HttpReference.Of(await ApiContract.SharedAsync());
        if (Environment.GetEnvironmentVariable(Update) == "1")
            await File.WriteAllTextAsync(file, reference, TestContext.Current.CancellationToken);

        var written = (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).ReplaceLineEndings("\n");

        written.Should().Be(reference.ReplaceLineEndings("\n"), $"docs/http.md is written by this test when {Update}=1");
    }

    [Fact]
    public async Task Reference_HasEveryRoute()
    {
        var contract = await ApiContract.SharedAsync();
        var lines = HttpReference.Of(contract).Split('\n');

        lines.Should().Contain(contract.Operations.Where(operation => operation.Method != "HEAD").Select(operation => $"### {operation.Method} {operation.Path}"));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Rescue.Sessions.sln")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}
