using RescueApplet.Credentials;

namespace Rescue.Sessions.Applet.Tests.Program;

public sealed class InstanceFileTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    [Fact]
    public void Open_Twice_GivesTheSameInstance()
    {
        var file = new InstanceFile(_folder.Path, LocalData);

        file.Open().Value.Should().Be(file.Open().Value);
    }

    [Fact]
    public void Open_NoLinkFolder_KeepsItInTheLocalDataWhichItCreates()
    {
        var made = new InstanceFile(null, LocalData).Open();

        File.ReadAllText(Path.Combine(LocalData, "session.instance")).Trim().Should().Be(made.Value);
    }

    [Fact]
    public void Open_LinkFolderThatCannotBeWritten_FallsBackToTheLocalData()
    {
        var noFolder = _folder.File("file", "");
        var first = new InstanceFile(noFolder, LocalData).Open();

        new InstanceFile(noFolder, LocalData).Open().Value.Should().Be(first.Value);
    }

    [Fact]
    public void Open_NowhereToWrite_GivesAnInstanceAllTheSame()
    {
        var noFolder = _folder.File("file", "");

        new InstanceFile(noFolder, noFolder).Open().Value.Should().NotBeEmpty();
    }

    [Fact]
    public void Open_DamagedFile_IsReplaced()
    {
        _folder.File("session.instance", "not an instance!");

        var made = new InstanceFile(_folder.Path, LocalData).Open();

        new InstanceFile(_folder.Path, LocalData).Open().Value.Should().Be(made.Value);
    }

    [Fact]
    public void Open_OnUnix_IsReadableByItsUserAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows protects the user's folders by itself.");
        new InstanceFile(_folder.Path, LocalData).Open();

        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(Path.Combine(_folder.Path, "session.instance")).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public void Dispose() => _folder.Dispose();

    string LocalData => Path.Combine(_folder.Path, "data", "RescueApplet");
}
