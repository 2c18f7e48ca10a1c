using HelpDesk.Data;
using Rescue.Sessions.Testing;

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

    public void Dispose() => _parent.Dispose();
}
