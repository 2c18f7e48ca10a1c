using HelpDesk.SignIn;

namespace HelpDesk;

internal static class ListeningExtensions
{
    public const string DefaultAddress = "http://127.0.0.1:5080";

    /// <summary>Listens on the sample's own address unless the environment (<c>ASPNETCORE_URLS</c>) or the command line (<c>--urls</c>) names another.</summary>
    public static void UseDefaultAddress(this WebApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
            builder.WebHost.UseUrls(DefaultAddress);
    }

    /// <summary>Says in one line where to go, once the server listens.</summary>
    public static void AnnounceAddress(this WebApplication app) =>
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            var address = app.Urls.FirstOrDefault() ?? DefaultAddress;
            var who = app.Environment.IsDevelopment() ? $" and sign in as {string.Join(", ", DevelopmentTechnicians.All.Select(t => t.Id))}" : "";
            Console.WriteLine($"Help desk: open {Openable(address)}{who}.");
        });

    // "Every interface" is an address to listen on, not one to open.
    public static string Openable(string address) =>
        address.Replace("://[::]", "://localhost", StringComparison.Ordinal)
            .Replace("://0.0.0.0", "://localhost", StringComparison.Ordinal)
            .Replace("://+", "://localhost", StringComparison.Ordinal)
            .Replace("://*", "://localhost", StringComparison.Ordinal);
}
