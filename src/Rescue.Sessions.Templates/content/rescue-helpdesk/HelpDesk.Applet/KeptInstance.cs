using Rescue.Sessions.Applet;

namespace HelpDesk.Applet;

/// <summary>Who this installation is. It is kept, so that a restart is let back into its session, which another installation is not.</summary>
internal static class KeptInstance
{
    public static AppletInstance Open()
    {
        var folder = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "HelpDesk");
        var file = Path.Combine(folder, "session.instance");
        try
        {
            if (File.Exists(file) && AppletInstance.TryParse(File.ReadAllText(file), out var kept))
                return kept;
            var made = AppletInstance.Create();
            Directory.CreateDirectory(folder);
            File.WriteAllText(file, made.Value);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            return made;
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            // Nothing can be kept here, so it lasts as long as the program.
            return AppletInstance.Create();
        }
    }
}
