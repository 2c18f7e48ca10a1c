namespace HelpDesk.Support;

/// <summary>Files and folders that nobody but their owner may look into. Windows keeps what lies in its user's folders by itself.</summary>
internal static class OwnersFile
{
    private const UnixFileMode ReadWrite = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Creates a folder for its owner alone; one that is there stays as it is.</summary>
    public static string CreateFolder(string folder) =>
        (OperatingSystem.IsWindows() ? Directory.CreateDirectory(folder) : Directory.CreateDirectory(folder, ReadWrite | UnixFileMode.UserExecute)).FullName;

    /// <summary>Creates a file for its owner alone, unless it is there. Of several copies that start at once one writes it, and nobody sees half of it.</summary>
    public static void Make(string file, Func<string> text)
    {
        if (File.Exists(file))
            return;
        using var alone = Lock($"{file}.lock");
        if (File.Exists(file))
            return;
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = ReadWrite;
        using (var writer = new StreamWriter($"{file}.new", options))
            writer.Write(text());
        File.Move($"{file}.new", file);
    }

    private static FileStream Lock(string file)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return new(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
            }
            catch (Exception held) when (tries < 100 && held is IOException or UnauthorizedAccessException)
            {
                Thread.Sleep(10);
            }
        }
    }
}
