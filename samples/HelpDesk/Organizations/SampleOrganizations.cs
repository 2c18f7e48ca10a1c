using Rescue.Sessions;

namespace HelpDesk.Organizations;

/// <summary>
/// The two organisations that the sample serves. Names, addresses and looks stand in the section <c>Rescue:Organizations</c> of its settings; the product's
/// own address is Acme's, and Globex has a host name of its own beside it.
/// </summary>
internal static class SampleOrganizations
{
    public const string Acme = "acme";
    public const string Globex = "globex";

    private const string GlobexHost = "globex.localhost";

    /// <summary>What cannot stand in settings: the logo, and an address at the port on which the sample listens.</summary>
    public static void Complete(RescueSessionsOptions options, Uri listening)
    {
        if (!options.Organizations.TryGetValue(Globex, out var globex))
            return;
        globex.PublicBaseUri ??= new UriBuilder(listening) { Host = GlobexHost, Path = options.Codes.PublicBaseUri!.AbsolutePath }.Uri;
        globex.Logo ??= File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Organizations", "globex.png"));
    }
}
