using Microsoft.Extensions.Options;

namespace Rescue.Sessions.AspNetCore.Hosting;

internal sealed class RescueWebOptionsValidator : IValidateOptions<RescueWebOptions>
{
    public ValidateOptionsResult Validate(string? name, RescueWebOptions options)
    {
        var failures = new List<string>();
        if (options.Technician is null && options.FindTechnician is null)
            failures.Add("Web.Technician is not set. Set it to a function from the signed-in ClaimsPrincipal to a Technician, or Web.FindTechnician to one from the request.");
        if (options.Technician is not null && options.FindTechnician is not null)
            failures.Add("Web.Technician and Web.FindTechnician are both set. Set one of them: they might not agree on who somebody is.");
        foreach (var (platform, file) in options.Applets)
        {
            if (!File.Exists(file) && !Directory.Exists(file))
                failures.Add($"Web.Applets[{platform}] names a file or folder that is not there: {file}. Publish the applet first, or leave the platform out.");
        }

        if (options.AppletPublisher is { } publisher && (string.IsNullOrWhiteSpace(publisher) || publisher.Length > 128))
            failures.Add("Web.AppletPublisher is empty or longer than 128 characters. Write the name in the applet's certificate, or leave it out.");
        foreach (var script in options.Browser.Scripts.Where(script => !IsPath(script)))
        {
            failures.Add(
                $"Browser.Scripts has '{script}', which is no path of your own host. Write it from the root on, such as /js/remote-control.js.");
        }

        foreach (var script in options.Browser.GuestScripts.Where(script => !IsPath(script)))
        {
            failures.Add(
                $"Browser.GuestScripts has '{script}', which is no path of your own host. Write it from the root on, such as /js/remote-control.js.");
        }

        if (!Enum.IsDefined(options.Browser.Offer))
            failures.Add($"Browser.Offer is {options.Browser.Offer}. Set it to {string.Join(", ", Enum.GetNames<BrowserOffer>())}.");
        foreach (var origin in options.AllowedOrigins.Where(origin => !IsOrigin(origin)))
        {
            failures.Add(
                $"Web.AllowedOrigins has '{origin}', which is no origin. Write scheme, host and port alone, such as https://app.example, " +
                "without wildcard, path or closing slash.");
        }

        if (string.IsNullOrEmpty(options.Tenant))
            failures.Add("Web.Tenant is empty. Set it to the tenant as which the product's own host name shows itself.");
        Range("Web.MinimumAppletProtocol", options.MinimumAppletProtocol, int.MaxValue);
        Range("Streams.PerApplet", options.Streams.PerApplet, 100);
        Range("Streams.PerTechnician", options.Streams.PerTechnician, 1_000);
        Range("Streams.PerTenant", options.Streams.PerTenant, 1_000_000);
        Range("Streams.Overall", options.Streams.Overall, 1_000_000);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Range(string property, int value, int most)
        {
            if (value < 1 || value > most)
                failures.Add($"{property} is {value}. Set it to a number from 1 to {most}.");
        }
    }

    // Two slashes at the beginning, or a backslash for one, would name another host.
    private static bool IsPath(string? text) =>
        text is ['/', ..] && !text.StartsWith("//", StringComparison.Ordinal) && !text.Any(character => character == '\\' || char.IsControl(character) || char.IsWhiteSpace(character));

    private static bool IsOrigin(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && uri.UserInfo.Length == 0 && AsciiHost.Of(uri) is not null && !text!.Contains('*', StringComparison.Ordinal)
        && text.Equals(uri.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase);
}
