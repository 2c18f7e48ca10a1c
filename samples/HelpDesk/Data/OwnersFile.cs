namespace HelpDesk.Data;

/// <summary>Files and folders that nobody but their owner may look into. Windows keeps local application data to its user by itself.</summary>
internal static class OwnersFile
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode ReadWrite = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Creates a folder for its owner alone; one that is there stays as it is.</summary>
    public static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, Owner);
    }

    /// <summary>Creates a file for its owner alone.</summary>
    /// <exception cref="IOException">It is there already.</exception>
    public static void Create(string file, string text = "")
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = ReadWrite;
        using var writer = new StreamWriter(file, options);
        writer.Write(text);
    }

    /// <summary>Waits until no other copy of the program holds the lock of this name, and holds it until it is disposed.</summary>
    /// <exception cref="IOException">It is held for a second, or cannot be made.</exception>
    public static IDisposable Lock(string file)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
            }
            catch (Exception held) when (tries < 100 && held is IOException or UnauthorizedAccessException)
            {
                Thread.Sleep(10);
            }
        }
    }

    /// <summary>Takes a file or folder away from everybody else; whether others could look into it.</summary>
    public static bool Mend(string path)
    {
        var isFolder = Directory.Exists(path);
        if (OperatingSystem.IsWindows() || (!isFolder && !File.Exists(path)))
            return false;
        var mode = File.GetUnixFileMode(path);
        var own = mode & (isFolder ? Owner : ReadWrite);
        if (own == mode)
            return false;
        File.SetUnixFileMode(path, own);
        return true;
    }
}
