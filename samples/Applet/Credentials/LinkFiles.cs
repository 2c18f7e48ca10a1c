using Rescue.Sessions.Applet.Credentials;

namespace RescueApplet.Credentials;

/// <summary>
/// The link files in a folder, known by what they hold: browsers and archive programs name a second one <c>session (1).link</c>, <c>Session.link</c> or
/// <c>session.link.txt</c>.
/// </summary>
internal static class LinkFiles
{
    private const string Mark = ".link";

    private const long LongestFile = 16 * 1024;

    /// <summary>The links that carry a code, newest first.</summary>
    public static List<FoundCredential> WithCode(string folder) =>
        [.. Read(folder).Select(file => SessionCredential.TryParseLink(file.Text, out var credential, out _)
            ? new FoundCredential(credential, folder, Typed: false, file.Name, file.SavedAt)
            : null).OfType<FoundCredential>().DistinctBy(found => found.FileName).OrderByDescending(found => found.SavedAt)];

    /// <summary>The content of the newest file without a code, which names the server alone; null where there is none.</summary>
    public static string? WithoutCode(string folder) =>
        Read(folder).OrderByDescending(file => file.SavedAt).Select(file => file.Text)
            .FirstOrDefault(text => !SessionCredential.TryParseLink(text, out _, out var problem) && problem == CredentialProblem.CodeMissing);

    /// <summary>The content of any link file, newest first, to say what is wrong with it; null where there is none.</summary>
    public static string? Any(string folder) => Read(folder).OrderByDescending(file => file.SavedAt).Select(file => file.Text).FirstOrDefault();

    private static IEnumerable<(string Name, string Text, DateTimeOffset SavedAt)> Read(string folder)
    {
        FileInfo[] files;
        try
        {
            files = new DirectoryInfo(folder).GetFiles();
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return [];
        }

        return files.Where(file => file.Name.Contains(Mark, StringComparison.OrdinalIgnoreCase) && file.Length <= LongestFile)
            .Select(file => (file.Name, TextOf(file), (DateTimeOffset)file.LastWriteTimeUtc));
    }

    private static string TextOf(FileInfo file)
    {
        try
        {
            return File.ReadAllText(file.FullName);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
