using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Rescue.Sessions.AspNetCore.Protection;
using Rescue.Sessions.Codes;

namespace Rescue.Sessions.AspNetCore.Hosting;

/// <summary>Looks at the routes before the first request: a mistake in mapping would otherwise be an error for every customer.</summary>
internal sealed class RouteCheck(IServiceProvider services) : IStartupFilter
{
    private const string Landing = $"/{ConnectionLink.Path}";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        next(app);
        var all = services.GetService<EndpointDataSource>()?.Endpoints.OfType<RouteEndpoint>() ?? [];
        RouteEndpoint[] ours = [.. all.Where(endpoint => endpoint.Metadata.GetMetadata<RescueRoute>() is not null)];
        if (TwiceMapped(ours) is { } twice)
        {
            throw new InvalidOperationException(
                $"The route '{twice}' of Rescue.Sessions is mapped twice, so that every request to it would be ambiguous. Call MapRescueSessions, or each of its parts, once.");
        }

        string[] prefixes =
            [.. ours.Where(endpoint => endpoint.Metadata.GetMetadata<RescueRoute>()!.IsLanding).Select(endpoint => PathOf(endpoint)[..^Landing.Length]).Distinct()];
        if (prefixes.Length > 0)
            WarnWithoutApplets();
        if (prefixes.Length > 0 && services.GetRequiredService<IOptions<RescueSessionsOptions>>().Value.Codes.PublicBaseUri is { } address
            && !Array.Exists(prefixes, prefix => address.AbsolutePath.TrimEnd('/').EndsWith(prefix, StringComparison.OrdinalIgnoreCase)))
        {
            throw new InvalidOperationException(
                $"The customer's page is mapped at '{prefixes[0]}{Landing}', but mailed links lead to '{address.AbsoluteUri.TrimEnd('/')}{Landing}'. "
                + $"Let Codes.PublicBaseUri end in '{prefixes[0]}/', or map without the prefix.");
        }
    };

    private void WarnWithoutApplets()
    {
        var options = services.GetRequiredService<IOptions<RescueWebOptions>>().Value;
        if (options.Applets.Count > 0)
            return;
        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger("Rescue.Sessions.AspNetCore");
        if (options.Browser.Offer == BrowserOffer.Never)
            log.NoWayToJoin();
        else
            log.NoApplets();
    }

    // Hosts that share a path are told apart by name.
    private static string? TwiceMapped(RouteEndpoint[] ours) => ours
        .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []).Select(method => (
            Path: PathOf(endpoint).ToUpperInvariant(),
            method,
            Hosts: string.Join(' ', endpoint.Metadata.GetMetadata<IHostMetadata>()?.Hosts ?? []),
            endpoint.Order)))
        .GroupBy(route => route).FirstOrDefault(same => same.Count() > 1)?.Key.Path.ToLowerInvariant();

    private static string PathOf(RouteEndpoint endpoint) => $"/{endpoint.RoutePattern.RawText?.Trim('/')}";
}
