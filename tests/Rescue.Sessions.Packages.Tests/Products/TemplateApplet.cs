using System.Diagnostics;
using System.Text;
using Rescue.Sessions.Packages.Feed;

namespace Rescue.Sessions.Packages.Products;

/// <summary>The template's program for customers, as a customer has downloaded it: in a folder with the link beside it, and with a home of theirs.</summary>
internal sealed class TemplateApplet : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo home = Directory.CreateTempSubdirectory("customer-");
    private readonly StringBuilder output = new();
    private readonly SemaphoreSlim heard = new(0);
    private Process process;
    private Task hearing;
    private volatile bool hasEnded;

    public TemplateApplet(string product, Uri link)
    {
        foreach (var file in Directory.GetFiles(Path.Combine(product, "Acme.Applet", "bin", "Debug", "net10.0")))
            File.Copy(file, Path.Combine(home.FullName, Path.GetFileName(file)));
        File.WriteAllText(Path.Combine(home.FullName, "session.link"), link.AbsoluteUri);
        (process, hearing) = Start();
    }

    /// <summary>What it has said since it was started.</summary>
    public string Output
    {
        get
        {
            lock (output)
                return output.ToString();
        }
    }

    /// <summary>Waits until it says something.</summary>
    public async Task SaysAsync(string words)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        for (var isOver = hasEnded; !Output.Contains(words, StringComparison.Ordinal); isOver = hasEnded)
        {
            isOver.Should().BeFalse($"it was to say “{words}”, and has ended with:\n{Output}");
            await heard.WaitAsync(patience.Token);
        }
    }

    public Task TypeAsync(string line) => process.StandardInput.WriteLineAsync(line.AsMemory(), TestContext.Current.CancellationToken);

    /// <summary>As Ctrl+C does.</summary>
    public async Task InterruptAsync()
    {
        using var kill = Process.Start("kill", ["-s", "INT", $"{process.Id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async Task<int> ExitCodeAsync()
    {
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience);
        return process.ExitCode;
    }

    /// <summary>As a machine that restarts ends it.</summary>
    public async Task StartAgainAsync()
    {
        await EndAsync();
        output.Clear();
        hasEnded = false;
        (process, hearing) = Start();
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        heard.Dispose();
        home.Delete(recursive: true);
    }

    private (Process Process, Task Hearing) Start()
    {
        var start = Dotnet.Start(home.FullName, ["Acme.Applet.dll"]);
        start.RedirectStandardInput = true;
        if (OperatingSystem.IsLinux())
        {
            // What starts the tests in the background may have Ctrl+C ignored, which children inherit; a customer's window has not.
            start.ArgumentList.Insert(0, "--default-signal=INT");
            start.ArgumentList.Insert(1, start.FileName);
            start.FileName = "env";
        }

        start.Environment["HOME"] = home.FullName;
        start.Environment["XDG_DATA_HOME"] = "";
        var started = Process.Start(start)!;
        return (started, HearAsync(started.StandardOutput));
    }

    // A question ends without a line's end.
    private async Task HearAsync(StreamReader said)
    {
        var part = new char[1024];
        while (await said.ReadAsync(part) is var length and > 0)
        {
            lock (output)
                output.Append(part, 0, length);
            heard.Release();
        }

        hasEnded = true;
        heard.Release();
    }

    private async Task EndAsync()
    {
        process.Kill(entireProcessTree: true);
        await hearing;
        process.Dispose();
    }
}
