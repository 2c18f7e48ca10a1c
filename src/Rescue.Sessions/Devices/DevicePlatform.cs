using System.Text.Json.Serialization;
using Rescue.Sessions.Json;

namespace Rescue.Sessions.Devices;

/// <summary>The operating system on which the customer runs the applet.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<DevicePlatform>))]
public enum DevicePlatform
{
    /// <summary>Microsoft Windows.</summary>
    [JsonStringEnumMemberName("windows")] Windows,

    /// <summary>Apple macOS.</summary>
    [JsonStringEnumMemberName("macos")] MacOS,

    /// <summary>A Linux desktop.</summary>
    [JsonStringEnumMemberName("linux")] Linux,

    /// <summary>ChromeOS.</summary>
    [JsonStringEnumMemberName("chromeos")] ChromeOS,

    /// <summary>iOS or iPadOS.</summary>
    [JsonStringEnumMemberName("ios")] IOS,

    /// <summary>Android.</summary>
    [JsonStringEnumMemberName("android")] Android,
}
