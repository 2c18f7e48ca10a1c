using HelpDesk.Organizations;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using Rescue.Sessions;

namespace HelpDesk.Support;

/// <summary>The sample's links lead to the address it listens on, unless <c>Rescue__Codes__PublicBaseUri</c> names another.</summary>
internal static class PublicAddress
{
    public static void Follow(RescueSessionsOptions options, IServer server, IConfiguration configuration)
    {
        var listening = new Uri(Listening(server) ?? Configured(configuration));
        options.Codes.PublicBaseUri ??= listening;
        SampleOrganizations.Complete(options, listening);
    }

    /// <summary>A port 0 is known only once the server listens; options read before are read again then.</summary>
    public static void FollowPublicAddress(this WebApplication app)
    {
        var cache = app.Services.GetRequiredService<IOptionsMonitorCache<RescueSessionsOptions>>();
        app.Lifetime.ApplicationStarted.Register(cache.Clear);
    }

    private static string? Listening(IServer server) =>
        server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is { } address && !address.EndsWith(":0", StringComparison.Ordinal)
            ? ListeningExtensions.Openable(address)
            : null;

    private static string Configured(IConfiguration configuration) =>
        ListeningExtensions.Openable((configuration[WebHostDefaults.ServerUrlsKey] ?? ListeningExtensions.DefaultAddress).Split(';')[0]);
}
