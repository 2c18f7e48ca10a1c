using Rescue.Sessions.Devices;

namespace Rescue.Sessions.Tests.Devices;

public class DevicePlatformsTests
{
    private const string IPhone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1";
    private const string Android = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36";
    private const string Desktop = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
    private const string Mac = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15";

    [Theory]
    [InlineData(IPhone, null, DevicePlatform.IOS)]
    [InlineData(IPhone, "\"Linux\"", DevicePlatform.IOS)]
    [InlineData(IPhone, "\"Windows\"", DevicePlatform.IOS)]
    [InlineData(Android, "\"Android\"", DevicePlatform.Android)]
    [InlineData(Android, "\"Linux\"", DevicePlatform.Android)]
    [InlineData(Desktop, "\"Chrome OS\"", DevicePlatform.ChromeOS)]
    [InlineData(Desktop, "\"Android\"", DevicePlatform.Android)]
    [InlineData(Desktop, null, DevicePlatform.Linux)]
    [InlineData(Mac, null, DevicePlatform.MacOS)]
    [InlineData(null, "\"iOS\"", DevicePlatform.IOS)]
    [InlineData(null, null, null)]
    public void Detect_WhatABrowserSaysOfItself_IsItsPlatform(string? userAgent, string? hint, DevicePlatform? expected) =>
        DevicePlatforms.Detect(userAgent, hint).Should().Be(expected);
}
