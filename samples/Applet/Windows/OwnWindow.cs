using System.Runtime.InteropServices;

namespace RescueApplet.Windows;

/// <summary>Knows whether the window was opened for this program alone, by a double-click, and closes with it.</summary>
internal static class OwnWindow
{
    // Programs that open a window for another one and close it afterwards; a shell stays.
    private static readonly string[] Openers =
        ["gnome-terminal", "konsole", "xfce4-terminal", "mate-terminal", "lxterminal", "xterm", "kitty", "alacritty", "foot", "tilix", "ptyxis", "wezterm", "kgx"];

    /// <summary>Whether the last words would vanish with the window, as far as it can be known. macOS leaves the window open by itself.</summary>
    public static bool ClosesWithTheProgram() =>
        !Console.IsInputRedirected && !Console.IsOutputRedirected
        && (OperatingSystem.IsWindows() ? HasConsoleOfItsOwn() : OperatingSystem.IsLinux() && IsOpener(ParentName()));

    /// <summary>Whether a program of that name opens windows for others; Linux cuts names at 15 characters.</summary>
    public static bool IsOpener(string? name) =>
        name is not null && Openers.Any(opener => name.StartsWith(opener[..Math.Min(opener.Length, 15)], StringComparison.Ordinal));

    // A shell in the same window is a second process of its console.
    private static bool HasConsoleOfItsOwn() => GetConsoleProcessList(new uint[2], 2) == 1;

    private static string? ParentName()
    {
        try
        {
            // The second field is the name in parentheses, which may hold anything; the parent's number is the second one behind it.
            var fields = File.ReadAllText("/proc/self/stat");
            var parent = fields[(fields.LastIndexOf(')') + 2)..].Split(' ')[1];
            return File.ReadAllText($"/proc/{parent}/comm").Trim();
        }
        catch (Exception hidden) when (hidden is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [DllImport("kernel32.dll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern uint GetConsoleProcessList(uint[] processes, uint count);
}
