namespace HelpDesk.Data;

/// <summary>Where the sample keeps its state: below the user's local application data, never in the repository.</summary>
internal sealed class SampleData
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Opens the folder, creating it for its owner alone when it is missing.</summary>
    /// <param name="folder">A folder of the caller's choice (the setting <c>Data:Folder</c>), or null for the usual one.</param>
    public SampleData(string? folder)
    {
        Folder = Create(string.IsNullOrWhiteSpace(folder) ? UsualFolder() : Path.GetFullPath(folder));
        Keys = Create(Path.Combine(Folder, "keys"));
    }

    public string Folder { get; }

    /// <summary>The keys that protect the sign-in cookie; kept, so that a restart signs nobody out.</summary>
    public string Keys { get; }

    public string PathOf(string fileName) => Path.Combine(Folder, fileName);

    private static string UsualFolder()
    {
        // Without Create the runtime answers an empty path for a folder that does not exist yet.
        var local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create);
        return local.Length > 0
            ? Path.Combine(local, "Rescue.Sessions", "HelpDesk")
            : throw new InvalidOperationException("This user has no local application data folder. Set Data__Folder to a folder for the sample's state.");
    }

    private static string Create(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OwnerOnly);
        return folder;
    }
}
