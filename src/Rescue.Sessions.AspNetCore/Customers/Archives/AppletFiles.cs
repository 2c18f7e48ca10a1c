namespace Rescue.Sessions.AspNetCore.Customers.Archives;

/// <summary>The files of an applet that the host has configured for a platform: one program, or a folder of what belongs together.</summary>
internal static class AppletFiles
{
    private static readonly string[] Starters = [".exe", ".msi", ".command", ".sh", ".desktop", ".AppImage"];

    public static IEnumerable<string> Of(string source) =>
        Directory.Exists(source) ? Directory.EnumerateFiles(source).Order(StringComparer.Ordinal) : [source];

    /// <summary>The name of the file that a customer opens: what looks like it, else the first; empty for an empty folder.</summary>
    public static string ProgramOf(string source)
    {
        string[] names = [.. Of(source).Select(file => Path.GetFileName(file))];
        return Array.Find(names, IsStarter) ?? names.FirstOrDefault() ?? "";
    }

    /// <summary>How many bytes they have together.</summary>
    public static long SizeOf(string source) => Of(source).Sum(file => new FileInfo(file).Length);

    private static bool IsStarter(string name) => Starters.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);
}
