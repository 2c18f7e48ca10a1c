using Rescue.Sessions.Applet;

namespace RescueApplet.Credentials;

/// <summary>
/// Keeps this user's instance, so that a restart is let back into its session, from whichever copy of the program: in the user's local data, else in the
/// first of the folders that can be written. Where none can, the instance lasts as long as the program.
/// </summary>
/// <param name="folders">Where to keep it, best first; null for one that there is not.</param>
internal sealed class InstanceFile(IReadOnlyList<string?> folders)
{
    private const string Name = "session.instance";

    /// <summary>This user's folder, which may be missing; null for a user who has none.</summary>
    public static string? LocalData() =>
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } root
            ? Path.Combine(root, "RescueApplet")
            : null;

    /// <summary>The instance, and whether the next start will find it again.</summary>
    public (AppletInstance Instance, bool IsKept) Open()
    {
        var paths = folders.OfType<string>().Select(folder => Path.Combine(folder, Name)).ToArray();
        if (paths.Select(Read).FirstOrDefault(kept => kept is not null) is { } known)
            return (known, true);

        var made = AppletInstance.Create();
        return paths.Select(path => TryKeep(path, made)).FirstOrDefault(kept => kept is not null) is { } written ? (written, true) : (made, false);
    }

    private static AppletInstance? TryKeep(string path, AppletInstance made)
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

    private static AppletInstance? Read(string path)
    {
        try
        {
            return File.Exists(path) && AppletInstance.TryParse(File.ReadAllText(path), out var instance) ? instance : null;
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // Written aside and moved, so that a program started twice never reads half a line, and a full disk leaves none.
    private static void Write(string path, AppletInstance instance)
    {
        var aside = $"{path}.{Path.GetRandomFileName()}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            using (var writer = new StreamWriter(aside, options))
                writer.WriteLine(instance.Value);
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
