using RescueApplet.Credentials;

namespace Rescue.Sessions.Applet.Tests.Program;

public sealed class InstanceFileTests : IDisposable
{
    private static readonly Uri One = new("https://one.example/help/");
    private static readonly Uri Other = new("https://other.example/help/");

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Open_Twice_GivesTheSameInstance() => Open(LocalData).Should().Be(Open(LocalData));

    [Fact]
    public void Open_FolderThatIsMissing_IsCreated()
    {
        var made = Open(LocalData, _folder.Path);

        Secret().For(One).Value.Should().Be(made);
    }

    [Fact]
    public void Open_ArchiveUnpackedTwice_IsOneInstanceOfItsUser()
    {
        var (first, second) = (Path.Combine(_folder.Path, "one"), Path.Combine(_folder.Path, "two"));

        Open(LocalData, first).Should().Be(Open(LocalData, second));
    }

    [Fact]
    public void Open_UserWithoutAFolder_IsKeptBesideTheLink()
    {
        var noFolder = _folder.File("file", "");

        Open(noFolder, _folder.Path).Should().Be(Open(null, _folder.Path));
    }

    [Fact]
    public void Open_AnotherServer_IsToldAnotherInstance()
    {
        string[] told = [Told(One, LocalData), Told(Other, LocalData)];

        told.Should().OnlyHaveUniqueItems().And.NotContain(Secret().Value);
        told.Should().Equal(Told(One, LocalData), Told(Other, LocalData));
    }

    [Fact]
    public void Open_InstanceOfTheVersionBefore_IsToldTheFirstServerAlone()
    {
        var earlier = _folder.File("session.instance", "earlier-instance\n");

        string[] told = [Told(One, LocalData, _folder.Path), Told(Other, LocalData, _folder.Path)];

        told[0].Should().Be("earlier-instance");
        told[1].Should().NotBe("earlier-instance").And.NotBe(Instance("earlier-instance").For(Other).Value, "whoever was told the earlier one could make it");
        told.Should().Equal(Told(One, LocalData, _folder.Path), Told(Other, LocalData, _folder.Path));
        File.ReadAllText(earlier).Should().Be("earlier-instance\n");
    }

    [Fact]
    public void Open_InstanceOfTheVersionBeforeThatCameLater_IsToldNobody()
    {
        var before = Told(One, LocalData);
        File.WriteAllText(Path.Combine(LocalData, "session.instance"), "later-instance");

        Told(One, LocalData).Should().Be(before);
    }

    [Fact]
    public void Open_NowhereToWrite_GivesAnInstanceAndSaysSo()
    {
        var noFolder = _folder.File("file", "");

        var (instance, isKept) = new InstanceFile([noFolder, null, noFolder]).Open(One);

        instance.Value.Should().NotBeEmpty();
        isKept.Should().BeFalse();
    }

    [Fact]
    public void Open_FirstStartsAtOnce_AreOneInstance()
    {
        for (var round = 0; round < 50; round++)
        {
            var folder = Path.Combine(_folder.Path, $"{round}");
            using var ready = new Barrier(4);

            var opened = Enumerable.Range(0, ready.ParticipantCount).AsParallel().WithDegreeOfParallelism(ready.ParticipantCount).WithExecutionMode(ParallelExecutionMode.ForceParallelism).Select(_ =>
            {
                ready.SignalAndWait();
                return Open(folder);
            }).ToArray();

            opened.Distinct().Should().ContainSingle().Which.Should().Be(Open(folder));
            Directory.GetFiles(folder).Should().ContainSingle();
        }
    }

    [Fact]
    public void Open_DamagedFile_IsReplaced()
    {
        _folder.File("session.secret", "not an instance!");

        Open(_folder.Path).Should().Be(Open(_folder.Path));
    }

    [Fact]
    public void Open_OnUnix_IsReadableByItsUserAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows protects the user's folders by itself.");
        Open(_folder.Path);

        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(Path.Combine(_folder.Path, "session.secret")).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public void Dispose() => _folder.Dispose();

    private string LocalData => Path.Combine(_folder.Path, "data", "RescueApplet");

    private static string Open(params string?[] folders) => Told(One, folders);

    private static string Told(Uri server, params string?[] folders) => new InstanceFile(folders).Open(server).Instance.Value;

    private AppletInstance Secret() => Instance(File.ReadAllText(Path.Combine(LocalData, "session.secret")));

    private static AppletInstance Instance(string text) => AppletInstance.TryParse(text, out var instance) ? instance : throw new FormatException(text);
}
