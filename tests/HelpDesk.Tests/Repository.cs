using System.Runtime.CompilerServices;

namespace HelpDesk.Tests;

/// <summary>The files of the repository that these tests are in.</summary>
internal static class Repository
{
    public static string PathOf(string file) => Path.GetFullPath(Path.Combine(Home(), file));

    private static string Home([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "..");
}
