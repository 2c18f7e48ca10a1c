namespace HelpDesk.Support;

/// <summary>Addresses of other services in the configuration.</summary>
internal static class ConfiguredAddress
{
    /// <summary>The address below which a service's own addresses are, which ends in a slash whether or not it is written with one; null where there is none.</summary>
    /// <exception cref="InvalidOperationException">It is no address; the message names the key and an example.</exception>
    public static Uri? FindAddress(this IConfiguration configuration, string key, string example)
    {
        if (string.IsNullOrWhiteSpace(configuration[key]))
            return null;
        if (Uri.TryCreate(configuration[key], UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address is { Query: "", Fragment: "" })
            return address.AbsolutePath.EndsWith('/') ? address : new UriBuilder(address) { Path = address.AbsolutePath + "/" }.Uri;
        // The value is not repeated: it may hold a password.
        throw new InvalidOperationException(
            $"{key.Replace(":", "__", StringComparison.Ordinal)} is no absolute http or https address without query. Set it to one such as {example}.");
    }
}
