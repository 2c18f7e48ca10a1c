using System.Net;
using System.Net.Http.Json;
using System.Runtime.Versioning;
using HelpDesk.Data;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Rescue.Sessions.TestHost;

namespace HelpDesk.Tests.Data;

public sealed class SampleDataTests : IDisposable
{
    private readonly TemporaryFolder _parent = new();

    [Fact]
    public void SampleData_MissingFolder_IsCreatedWithItsKeys()
    {
        var folder = Path.Combine(_parent.Path, "a", "b");

        var data = new SampleData(folder);

        data.Folder.Should().Be(folder);
        Directory.Exists(data.Keys).Should().BeTrue();
        data.PathOf("sessions.db").Should().Be(Path.Combine(folder, "sessions.db"));
    }

    [Fact]
    public void SampleData_Folder_IsItsOwnersAlone()
    {
        var data = new SampleData(Path.Combine(_parent.Path, "mine"));

        if (OperatingSystem.IsWindows())
            Assert.Skip("Windows keeps local application data to its user by itself.");
        else
            File.GetUnixFileMode(data.Folder).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Theory]
    [InlineData("code.key")]
    [InlineData("helpdesk.db")]
    [InlineData("helpdesk.db-wal")]
    [InlineData("helpdesk.db-shm")]
    [InlineData("keys")]
    [UnsupportedOSPlatform("windows")]
    public async Task Host_FolderOfOthers_KeepsItsSecretsToItsOwner(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps local application data to its user by itself.");
        await using var host = new HelpDeskHost();
        File.SetUnixFileMode(host.DataFolder, Everybody | UnixFileMode.UserWrite);

        await CreateSessionAsync(host);

        (File.GetUnixFileMode(Path.Combine(host.DataFolder, name)) & ~OwnerAlone).Should().Be(UnixFileMode.None);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Host_FilesThatOthersCouldRead_TakesThemAwayAndSaysWhich()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps local application data to its user by itself.");
        string[] secrets = ["code.key", "helpdesk.db", "helpdesk.db-wal", "helpdesk.db-shm"];
        await using var first = new HelpDeskHost();
        await CreateSessionAsync(first);
        string[] paths = [.. secrets.Select(name => Path.Combine(first.DataFolder, name)), .. Directory.GetFiles(Path.Combine(first.DataFolder, "keys"))];
        foreach (var path in paths)
            File.SetUnixFileMode(path, Everybody | UnixFileMode.UserWrite);
        var log = new ListLoggerProvider();
        await using var second = first.WithWebHostBuilder(builder => builder.ConfigureLogging(logging => logging.AddProvider(log)));

        using var browser = second.CreateDefaultClient();

        paths.Should().HaveCountGreaterThan(secrets.Length).And.OnlyContain(path => File.GetUnixFileMode(path) == ReadWrite);
        foreach (var path in paths)
            log.Lines.Should().Contain(line => line.StartsWith($"{path} could be read by other users", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Host_Restart_SignsNobodyOut()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var first = new HelpDeskHost();
        using var browser = first.CreateDefaultClient();
        using var signedIn = await browser.PostAsync("/signin", HelpDeskHost.Form("technician", "full"), cancellation);
        var cookie = signedIn.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        await using var second = first.WithWebHostBuilder(_ => { });
        using var again = second.CreateDefaultClient();
        again.DefaultRequestHeaders.Add("Cookie", cookie);

        var console = await again.GetStringAsync("/", cancellation);

        console.Should().Contain("data-id=\"full\"");
    }

    private const UnixFileMode ReadWrite = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const UnixFileMode Everybody = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead | UnixFileMode.UserExecute
        | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private static async Task CreateSessionAsync(HelpDeskHost host)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var browser = host.Browser();
        using var signedIn = await browser.PostAsync("/signin", HelpDeskHost.Form("technician", "full"), cancellation);
        using var created = await browser.PostAsJsonAsync("/rescue/sessions", new { customerName = "Ada" }, cancellation);
        created.StatusCode.Should().Be(HttpStatusCode.Created);
    }

    public void Dispose() => _parent.Dispose();
}
