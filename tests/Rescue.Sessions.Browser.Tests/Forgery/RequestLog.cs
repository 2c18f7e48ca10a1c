using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Rescue.Sessions.Browser.Tests.Forgery;

/// <summary>Notes what a browser sent and what it was answered, before anything of the product sees it.</summary>
internal sealed class RequestLog : IStartupFilter
{
    private readonly ConcurrentQueue<LoggedRequest> requests = [];

    /// <summary>Whether the product is told nothing of where a request comes from: then its defence is off.</summary>
    public bool HidesOrigins { get; init; }

    /// <summary>Whether what comes is noted.</summary>
    public bool IsListening { get; set; }

    /// <summary>The requests that could change something.</summary>
    public IReadOnlyList<LoggedRequest> Changing() => [.. requests.Where(request => request.Method is not ("GET" or "HEAD" or "OPTIONS"))];

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (context, following) =>
        {
            var headers = context.Request.Headers;
            if (HidesOrigins)
            {
                foreach (var name in headers.Keys.Where(name => name == "Origin" || name.StartsWith("Sec-Fetch-", StringComparison.OrdinalIgnoreCase)).ToList())
                    headers.Remove(name);
            }

            // Before the browser has the answer, so that whoever waited for it finds it noted.
            context.Response.OnStarting(() =>
            {
                if (IsListening)
                    requests.Enqueue(new(context.Request.Method, context.Request.Path, headers.Cookie.ToString().Contains("helpdesk=", StringComparison.Ordinal), context.Response.StatusCode, context.Response.Headers.Location.ToString()));
                return Task.CompletedTask;
            });
            await following(context);
        });
        next(app);
    };
}
