using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using Rescue.Sessions.TestServers;

namespace Rescue.Sessions.Reliability.Nodes;

/// <summary>A node from the outside: it is started, asked over HTTP, and killed. Asking is thread-safe.</summary>
internal sealed class NodeProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process process;
    private readonly HttpClient client;

    private NodeProcess(Process process, Uri address)
    {
        this.process = process;
        client = new() { BaseAddress = address, Timeout = Patience };
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => client.BaseAddress!;

    /// <summary>The number of the process.</summary>
    public int Id => process.Id;

    /// <summary>Starts a node and waits until it serves.</summary>
    /// <param name="settings">What it is told.</param>
    /// <param name="skew">How far its machine's clock is wrong.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">It ended before it served.</exception>
    public static async Task<NodeProcess> StartAsync(NodeSettings settings, TimeSpan skew, CancellationToken cancellationToken)
    {
        var process = Process.Start(Describe(settings, skew))!;
        try
        {
            var address = await process.StandardOutput.ReadLineAsync(cancellationToken).AsTask().WaitAsync(Patience, cancellationToken)
                ?? throw new InvalidOperationException("A node ended as it started; its standard error says why.");
            return new(process, new Uri(address));
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    /// <summary>Posts JSON.</summary>
    /// <param name="path">The path, without a slash before it.</param>
    /// <param name="body">What becomes the JSON.</param>
    /// <param name="technician">Who signs in; null for the customer's side.</param>
    /// <param name="appletKey">The applet's key, or null.</param>
    /// <param name="idempotencyKey">Makes a repeat of the request harmless, or null.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="HttpRequestException">The node is gone; what it had done by then is not known.</exception>
    public async Task<NodeAnswer> PostAsync(
        string path, object body, string? technician = null, string? appletKey = null, string? idempotencyKey = null, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        if (technician is not null)
            request.Headers.Add(Node.Technician, technician);
        if (appletKey is not null)
            request.Headers.Authorization = new("Bearer", appletKey);
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        return await SendAsync(request, cancellationToken);
    }

    /// <summary>Gets JSON, or a page.</summary>
    /// <inheritdoc cref="PostAsync"/>
    public async Task<NodeAnswer> GetAsync(string path, string? technician, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (technician is not null)
            request.Headers.Add(Node.Technician, technician);
        return await SendAsync(request, cancellationToken);
    }

    /// <summary>Opens an event stream; it ends when what is answered is disposed of.</summary>
    /// <exception cref="HttpRequestException">It was refused.</exception>
    public async Task<Stream> OpenAsync(string path, string? technician, string? appletKey, long? lastHeard, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (technician is not null)
            request.Headers.Add(Node.Technician, technician);
        if (appletKey is not null)
            request.Headers.Authorization = new("Bearer", appletKey);
        if (lastHeard is { } id)
            request.Headers.Add("Last-Event-ID", $"{id}");
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync(cancellationToken);
    }

    /// <summary>Kills it with SIGKILL: it has no chance to finish anything.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    public void Dispose()
    {
        if (!process.HasExited)
            Kill();
        process.Dispose();
        client.Dispose();
    }

    private static ProcessStartInfo Describe(NodeSettings settings, TimeSpan skew)
    {
        // Run by the dotnet host or as a program of its own.
        var program = Environment.ProcessPath!;
        string[] self = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [Assembly.GetExecutingAssembly().Location] : [];
        var start = new ProcessStartInfo(program, [.. self, Node.Command, .. settings.ToArguments()])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        if (skew != TimeSpan.Zero)
        {
            start.Environment["LD_PRELOAD"] = TestServer.Faketime.Executable;
            start.Environment["FAKETIME"] = string.Create(CultureInfo.InvariantCulture, $"{skew.TotalSeconds:+0;-0}s");
            start.Environment["FAKETIME_DONT_FAKE_MONOTONIC"] = "1";
        }

        return start;
    }

    private async Task<NodeAnswer> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var response = await client.SendAsync(request, cancellationToken);
        var isJson = response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true;
        return new(response.StatusCode, isJson ? await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken) : default);
    }
}
