using Rescue.Sessions.Applet;

namespace RescueApplet.Credentials;

/// <summary>
/// Keeps this installation's instance, so that a restart is let back into its session: beside the link file, else in the user's local
/// data. Where neither can be written, the instance lasts as long as the program.
/// </summary>
sealed class InstanceFile(string? linkFolder, string localData)
{
    const string Name = "session.instance";

    public static string LocalData()
    {
        // The runtime answers with an empty path while the folder does not exist, hence "create".
        var root = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create);
        return Path.Combine(root.Length > 0 ? root : Path.GetTempPath(), "RescueApplet");
    }

    public AppletInstance Open()
    {
        var made = AppletInstance.Create();
        foreach (var folder in (string?[])[linkFolder, localData])
        {
            if (folder is not null && TryKeep(Path.Combine(folder, Name), made) is { } kept)
                return kept;
        }

        return made;
    }

    static AppletInstance? TryKeep(string path, AppletInstance made)
    {
        try
        {
            if (Read(path) is { } kept)
                return kept;

            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            Write(path, made);
            return Read(path);
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    static AppletInstance? Read(string path) =>
        File.Exists(path) && AppletInstance.TryParse(File.ReadAllText(path), out var instance) ? instance : null;

    // Written aside and moved, so that a program started twice never reads half a line.
    static void Write(string path, AppletInstance instance)
    {
        var aside = $"{path}.{Environment.ProcessId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(aside, options))
            writer.WriteLine(instance.Value);
        File.Move(aside, path, overwrite: true);
    }
}
