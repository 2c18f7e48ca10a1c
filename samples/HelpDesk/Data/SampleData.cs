namespace HelpDesk.Data;

/// <summary>Where the sample keeps its state: below the user's local application data, never in the repository.</summary>
internal sealed class SampleData
{
    private readonly List<string> _mended = [];

    /// <summary>Opens the folder, creating it for its owner alone when it is missing.</summary>
    /// <param name="folder">A folder of the caller's choice (the setting <c>Data:Folder</c>), or null for the usual one.</param>
    public SampleData(string? folder)
    {
        Folder = Create(string.IsNullOrWhiteSpace(folder) ? UsualFolder() : Path.GetFullPath(folder));
        Keys = Create(Path.Combine(Folder, "keys"));
        Mend([Keys, .. Directory.EnumerateFiles(Keys)]);
    }

    public string Folder { get; }

    /// <summary>The keys that protect the sign-in cookie; kept, so that a restart signs nobody out.</summary>
    public string Keys { get; }

    /// <summary>What was there already and open to others, until now.</summary>
    public IReadOnlyCollection<string> Mended => _mended;

    /// <summary>Keeps a file of secrets to its owner, with those that a database puts beside it.</summary>
    public void KeepPrivate(string file) => Mend([file, file + "-wal", file + "-shm", file + "-journal"]);

    public string PathOf(string fileName) => Path.Combine(Folder, fileName);

    private static string UsualFolder()
    {
        // Without Create the runtime answers an empty path for a folder that does not exist yet.
        var local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create);
        return local.Length > 0
            ? Path.Combine(local, "Rescue.Sessions", "HelpDesk")
            : throw new InvalidOperationException("This user has no local application data folder. Set Data__Folder to a folder for the sample's state.");
    }

    private void Mend(IEnumerable<string> paths) => _mended.AddRange(paths.Where(OwnersFile.Mend));

    private static string Create(string folder)
    {
        OwnersFile.CreateFolder(folder);
        return folder;
    }
}
