using System.Globalization;
using System.Net.Http.Json;
using Rescue.Sessions.Feed;
using Rescue.Sessions.Reliability.Nodes;
using Rescue.Sessions.Subscriptions;

namespace Rescue.Sessions.Reliability.Hooks;

/// <summary>A node's own handler: tells the run what it has been handed, and fails now and then before and after it.</summary>
internal sealed class ReportingSubscriber(NodeSettings settings, HttpClient http) : ISessionSubscriber
{
    public const string Name = "report";

    private const int OneIn = 20;

    public async Task HandleAsync(SessionUpdate update, CancellationToken cancellationToken)
    {
        MayFail();
        var id = string.Create(CultureInfo.InvariantCulture, $"evt_{update.Event.Sequence}");
        using var request = new HttpRequestMessage(HttpMethod.Post, settings.Hook)
        {
            Content = JsonContent.Create(new { data = new { sequence = update.Event.Sequence, sessionId = update.Event.Session.ToString(), kind = $"{update.Event.Kind}" } }),
        };
        request.Headers.Add("webhook-id", id);
        using var answer = await http.SendAsync(request, cancellationToken);
        answer.EnsureSuccessStatusCode();
        MayFail();
    }

    private static void MayFail()
    {
        if (Random.Shared.Next(OneIn) == 0)
            throw new InvalidOperationException("It fails now and then.");
    }
}
