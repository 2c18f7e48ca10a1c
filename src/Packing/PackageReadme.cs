using System.Text.RegularExpressions;

namespace Rescue.Sessions.Packing;

/// <summary>Makes the README of a folder one that can be read away from the repository.</summary>
internal static partial class PackageReadme
{
    /// <summary>Links to files of the repository become absolute; without an address of it, the words of the link and the file's path stay, so that whoever has the repository finds it.</summary>
    /// <param name="text">Markdown whose links to files are relative to a folder two below the repository's.</param>
    /// <param name="files">The address below which the repository's files are read; empty where there is none.</param>
    public static string WithAbsoluteLinks(string text, string files) => RelativeLink().Replace(text, link =>
        files.Length == 0 ? $"{link.Groups["words"].Value} (`{link.Groups["path"].Value}` in the repository)" : $"[{link.Groups["words"].Value}]({files}{link.Groups["path"].Value})");

    [GeneratedRegex(@"\[(?<words>[^\]]+)\]\(\.\./\.\./(?<path>[^)\s]+)\)")]
    private static partial Regex RelativeLink();
}
