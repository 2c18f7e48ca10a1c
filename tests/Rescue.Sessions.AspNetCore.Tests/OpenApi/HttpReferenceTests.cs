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

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Rescue.Sessions.sln")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}
