using Rescue.Sessions.TestHost;

namespace HelpDesk.Tests.Telemetry;

public sealed class ConsoleTelemetryTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Metrics_AreWritten_WhenTheSwitchSaysSo(bool isOn)
    {
        var environment = new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0", ["ASPNETCORE_ENVIRONMENT"] = "Development", ["Data__Folder"] = Path.Combine(folder.Path, "data"),
            ["Telemetry__Console"] = isOn ? "true" : "false",
        };
        await using var process = new ConsoleProcess(Path.Combine(AppContext.BaseDirectory, "HelpDesk"), [], environment, folder.Path);
        await process.ExpectAsync("Help desk: open");

        // What has not been written yet is when it ends.
        process.Terminate();
        await process.ExitCodeAsync();

        process.Output.Contains("rescue.sessions.listeners", StringComparison.Ordinal).Should().Be(isOn);
    }

    public void Dispose() => folder.Dispose();
}
