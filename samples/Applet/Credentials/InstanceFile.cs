using Rescue.Sessions.Applet;

namespace RescueApplet.Credentials;

/// <summary>
/// Keeps this user's secret, of which each server is told an instance of its own, so that a restart is let back into its session, from whichever copy of the
/// program: in the user's local data, else in the first of the folders that can be written. Where none can, it lasts as long as the program.
/// </summary>
/// <param name="folders">Where to keep it, best first; null for one that there is not.</param>
internal sealed class InstanceFile(IReadOnlyList<string?> folders)
{
    private const string Name = "session.secret";

    // Of a version before, which may still be used by another product: read, and never written.
    private const string EarlierName = "session.instance";

    /// <summary>This user's folder, which may be missing; null for a user who has none.</summary>
    public static string? LocalData() =>
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } root
            ? Path.Combine(root, "RescueApplet")
            : null;

    /// <summary>The instance for a server, and whether the next start will find it again.</summary>
    public (AppletInstance Instance, bool IsKept) Open(Uri server)
    {
        var earlier = First(EarlierName, path => ReadText(path) is { } text && AppletInstance.TryParse(text, out var instance) ? instance : null);
        var made = KeptSecret.Create(server, hasEarlier: earlier is not null);
        var kept = First(Name, Read) ?? First(Name, path => TryKeep(path, made));
        return ((kept ?? made).For(server, earlier), kept is not null);
    }

    private T? First<T>(string name, Func<string, T?> find) where T : class =>
        folders.OfType<string>().Select(folder => find(Path.Combine(folder, name))).FirstOrDefault(found => found is not null);

    private static KeptSecret? TryKeep(string path, KeptSecret made)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            // Of two first starts at once the first decides: it may have joined already. A move refuses what came meanwhile on some systems only.
            using (Lock(path))
            {
                if (Read(path) is null)
                    Write(path, made);
            }

            return Read(path);
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return Read(path);
        }
    }

    private static KeptSecret? Read(string path) => ReadText(path) is { } text ? KeptSecret.Parse(text) : null;

    private static string? ReadText(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path) : null;
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // Written aside and moved, so that a program started twice never reads half a line, and a full disk leaves none.
    private static void Write(string path, KeptSecret kept)
    {
        var aside = $"{path}.{Path.GetRandomFileName()}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            using (var writer = new StreamWriter(aside, options))
                writer.Write(kept.Text);
            File.Move(aside, path, overwrite: true);
        }
        finally
        {
            File.Delete(aside);
        }
    }

    private static FileStream Lock(string path)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return new FileStream($"{path}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
            }
            catch (IOException) when (tries < 100 && File.Exists($"{path}.lock"))
            {
                Thread.Sleep(10);
            }
        }
    }
}
