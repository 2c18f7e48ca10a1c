using System.Diagnostics;
using System.Reflection;

namespace Rescue.Sessions.Applet.Tests.Program;

/// <summary>The customer's program as a process, in a folder of its own.</summary>
internal sealed class AppletProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly string Program = typeof(AppletProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "AppletProgram").Value!;

    // What starts the tests in the background may have signals ignored, which children inherit; a customer's shell has not.
    private static readonly string[] AsACustomerStarts =
        OperatingSystem.IsLinux() && Succeeds("env", WithSignals, "true") ? ["env", WithSignals, "dotnet"] : ["dotnet"];

    private const string WithSignals = "--default-signal=INT,HUP,TERM";

    private readonly Process _process;

    public AppletProcess(string home, params string[] arguments)
    {
        var start = new ProcessStartInfo(AsACustomerStarts[0], [.. AsACustomerStarts[1..], Program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        start.Environment["HOME"] = home;
        start.Environment["XDG_DATA_HOME"] = "";
        start.Environment["LC_ALL"] = "en_US.UTF-8";
        _process = Process.Start(start)!;
    }

    public int Id => _process.Id;

    public StreamWriter Input => _process.StandardInput;

    public Task<string?> ReadLineAsync() => _process.StandardOutput.ReadLineAsync().WaitAsync(Patience);

    public async Task<(int ExitCode, string Output, string Errors)> EndAsync()
    {
        var output = _process.StandardOutput.ReadToEndAsync();
        var errors = _process.StandardError.ReadToEndAsync();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience);
        return (_process.ExitCode, await output, await errors);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private static bool Succeeds(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
