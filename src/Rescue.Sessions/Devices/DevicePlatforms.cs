using System.Diagnostics.CodeAnalysis;

namespace Rescue.Sessions.Devices;

/// <summary>Names, kinds and detection of <see cref="DevicePlatform"/>. Thread-safe.</summary>
public static class DevicePlatforms
{
    private static readonly (DevicePlatform Platform, string Name)[] Names =
    [
        (DevicePlatform.Windows, "windows"),
        (DevicePlatform.MacOS, "macos"),
        (DevicePlatform.Linux, "linux"),
        (DevicePlatform.ChromeOS, "chromeos"),
        (DevicePlatform.IOS, "ios"),
        (DevicePlatform.Android, "android"),
    ];

    /// <summary>Every platform, desktop first.</summary>
    public static IReadOnlyList<DevicePlatform> All { get; } = [.. Names.Select(n => n.Platform)];

    /// <summary>The name used in addresses, JSON and templates, such as <c>macos</c>.</summary>
    public static string ToName(this DevicePlatform platform) => Names[(int)platform].Name;

    /// <summary>Whether sessions on the platform need the mobile add-on.</summary>
    public static bool IsMobile(this DevicePlatform platform) => platform is DevicePlatform.IOS or DevicePlatform.Android;

    /// <summary>Reads a name, ignoring case.</summary>
    public static bool TryParse([NotNullWhen(true)] string? name, out DevicePlatform platform)
    {
        foreach (var (candidate, text) in Names)
        {
            if (text.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                platform = candidate;
                return true;
            }
        }

        platform = default;
        return false;
    }

    /// <summary>
    /// Guesses the platform from what a browser says of itself.
    /// </summary>
    /// <param name="userAgent">The <c>User-Agent</c> header (RFC 9110, section 10.1.5), or null.</param>
    /// <param name="clientHint">The <c>Sec-CH-UA-Platform</c> header (User-Agent Client Hints), quoted or not, or null. It wins, for browsers freeze the older header; but for a phone or tablet that names itself there, which the hint of a browser that plays one does not.</param>
    /// <returns>The platform, or null when the headers do not tell; then let a person choose.</returns>
    /// <remarks>An iPad that asks for desktop pages calls itself a Mac, so a Mac is a guess, not a fact.</remarks>
    public static DevicePlatform? Detect(string? userAgent, string? clientHint = null) =>
        FromUserAgent(userAgent) is { } named && named.IsMobile() ? named : FromClientHint(clientHint) ?? FromUserAgent(userAgent);

    private static DevicePlatform? FromClientHint(string? hint) => hint?.Trim().Trim('"') switch
    {
        "Windows" => DevicePlatform.Windows,
        "macOS" or "Mac OS X" => DevicePlatform.MacOS,
        "Linux" => DevicePlatform.Linux,
        "Chrome OS" or "Chromium OS" => DevicePlatform.ChromeOS,
        "iOS" => DevicePlatform.IOS,
        "Android" => DevicePlatform.Android,
        _ => null,
    };

    // The order matters: a Windows Phone names Android, Android names Linux, and an iPhone names Mac OS X.
    private static DevicePlatform? FromUserAgent(string? userAgent)
    {
        if (string.IsNullOrEmpty(userAgent) || Names("Windows Phone"))
            return null;
        if (Names("iPhone") || Names("iPad") || Names("iPod"))
            return DevicePlatform.IOS;
        if (Names("Android"))
            return DevicePlatform.Android;
        if (Names("CrOS"))
            return DevicePlatform.ChromeOS;
        if (Names("Windows NT") || Names("Win64"))
            return DevicePlatform.Windows;
        if (Names("Macintosh") || Names("Mac OS X"))
            return DevicePlatform.MacOS;
        return Names("Linux") || Names("X11") ? DevicePlatform.Linux : null;

        bool Names(string token) => userAgent.Contains(token, StringComparison.OrdinalIgnoreCase);
    }
}
