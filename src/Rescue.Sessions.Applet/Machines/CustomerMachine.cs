namespace Rescue.Sessions.Applet.Machines;

/// <summary>The customer's machine, as the technician sees it.</summary>
public sealed class CustomerMachine
{
    /// <summary>Describes a machine.</summary>
    /// <param name="hostName">The machine's name, not empty.</param>
    /// <param name="platform">Its operating system.</param>
    public CustomerMachine(string hostName, MachinePlatform platform)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(hostName);
        HostName = hostName;
        Platform = platform;
    }

    /// <summary>The machine's name.</summary>
    public string HostName { get; }

    /// <summary>Its operating system.</summary>
    public MachinePlatform Platform { get; }

    /// <summary>Describes the machine this runs on.</summary>
    public static CustomerMachine Detect() => new(
        Environment.MachineName,
        OperatingSystem.IsWindows() ? MachinePlatform.Windows
        : OperatingSystem.IsMacOS() ? MachinePlatform.MacOS
        : OperatingSystem.IsAndroid() ? MachinePlatform.Android
        : OperatingSystem.IsIOS() ? MachinePlatform.Ios
        : MachinePlatform.Linux);
}
