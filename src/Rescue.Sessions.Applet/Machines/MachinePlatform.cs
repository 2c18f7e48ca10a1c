using System.Text.Json.Serialization;

namespace Rescue.Sessions.Applet.Machines;

/// <summary>The operating systems a server knows.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MachinePlatform>))]
public enum MachinePlatform
{
    /// <summary>Windows.</summary>
    [JsonStringEnumMemberName("windows")]
    Windows,

    /// <summary>macOS.</summary>
    [JsonStringEnumMemberName("macos")]
    MacOS,

    /// <summary>Linux.</summary>
    [JsonStringEnumMemberName("linux")]
    Linux,

    /// <summary>ChromeOS.</summary>
    [JsonStringEnumMemberName("chromeos")]
    ChromeOS,

    /// <summary>iOS and iPadOS.</summary>
    [JsonStringEnumMemberName("ios")]
    Ios,

    /// <summary>Android.</summary>
    [JsonStringEnumMemberName("android")]
    Android
}
