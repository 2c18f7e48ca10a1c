using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Nodes;

/// <summary>Somebody's server on loopback that is posted to.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<(string Signed, string Signatures)> messages = [];

    private WebhookReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var headers = context.Request.Headers;
            messages.Enqueue(($"{headers["webhook-id"]}.{headers["webhook-timestamp"]}.{await reader.ReadToEndAsync()}", $"{headers["webhook-signature"]}"));
        });
    }

    public string Url => app.Urls.Single() + "/";

    public static async Task<WebhookReceiver> StartAsync()
    {
        var receiver = new WebhookReceiver();
        await receiver.app.StartAsync();
        return receiver;
    }

    /// <summary>Which secrets the latest message is signed under, and by how many signatures it is.</summary>
    public (IEnumerable<string> Secrets, int Signatures) LatestSignedUnder(params string[] secrets)
    {
        var (signed, header) = messages.Last();
        var signatures = header.Split(' ');
        return (secrets.Where(secret => signatures.Contains(
            "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), Encoding.UTF8.GetBytes(signed))))), signatures.Length);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
