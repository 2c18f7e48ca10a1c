using System.Diagnostics;
using System.Text;
using Rescue.Sessions.Packages.Feed;

namespace Rescue.Sessions.Packages.Products;

/// <summary>A built product as a process of its own on a free port of loopback.</summary>
internal sealed class RunningProduct : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly TaskCompletionSource<Uri> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private RunningProduct(string folder, string assembly, IReadOnlyDictionary<string, string> settings)
    {
        var start = Dotnet.Start(folder, [assembly]);
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information";
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException($"The product ended:\n{output}"));
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Address => listening.Task.Result;

    public string Output => output.ToString();

    public static async Task<RunningProduct> StartAsync(string folder, string assembly, IReadOnlyDictionary<string, string> settings)
    {
        var product = new RunningProduct(folder, assembly, settings);
        try
        {
            await product.listening.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
            return product;
        }
        catch (TimeoutException)
        {
            await product.DisposeAsync();
            throw new TimeoutException($"The product did not listen within {Patience}:\n{product.Output}");
        }
        catch
        {
            await product.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private void Note(string? line)
    {
        const string mark = "Now listening on: ";
        lock (output)
            output.AppendLine(line);
        if (line?.IndexOf(mark, StringComparison.Ordinal) is { } at and >= 0)
            listening.TrySetResult(new Uri(line[(at + mark.Length)..].Trim()));
    }
}
