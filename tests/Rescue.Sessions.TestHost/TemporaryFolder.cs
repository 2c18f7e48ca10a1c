namespace Rescue.Sessions.TestHost;

public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("helpdesk-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
