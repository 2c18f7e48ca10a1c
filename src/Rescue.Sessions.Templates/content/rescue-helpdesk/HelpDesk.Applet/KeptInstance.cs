using Rescue.Sessions.Applet;

namespace HelpDesk.Applet;

/// <summary>
/// Who this installation is. It is kept, so that a restart is let back into its session, which another installation is not; a server is told what is made of it for that
/// server alone.
/// </summary>
internal static class KeptInstance
{
    public static AppletInstance Open() => Open(Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "HelpDesk"));

    private static AppletInstance Open(string folder)
    {
        var file = Path.Combine(folder, "session.instance");
        try
        {
            Directory.CreateDirectory(folder);
            // Of two first starts at once the first decides: it may have joined already.
            using (Lock($"{file}.lock"))
                return Read(file) ?? Make(file);
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            // Nothing can be kept here; what is not kept lasts as long as the program.
            return Read(file) ?? AppletInstance.Create();
        }
    }

    private static AppletInstance? Read(string file)
    {
        try
        {
            return File.Exists(file) && AppletInstance.TryParse(File.ReadAllText(file), out var kept) ? kept : null;
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // Written aside and moved, so that nobody reads half of it.
    private static AppletInstance Make(string file)
    {
        var made = AppletInstance.Create();
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter($"{file}.new", options))
            writer.Write(made.Value);
        File.Move($"{file}.new", file, overwrite: true);
        return made;
    }

    private static FileStream Lock(string file)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return new(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
            }
            catch (IOException) when (tries < 100 && File.Exists(file))
            {
                Thread.Sleep(10);
            }
        }
    }
}
