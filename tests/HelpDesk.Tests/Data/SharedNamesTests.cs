using HelpDesk.Data;
using Rescue.Sessions.TestHost;

namespace HelpDesk.Tests.Data;

/// <summary>What several copies of the sample know together: who has signed out and who is disabled.</summary>
public sealed class SharedNamesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string File => Path.Combine(folder.Path, "names.txt");

    [Fact]
    public void Change_OfTwoCopies_IsKnownToBothAndToALaterOne()
    {
        SharedNames[] copies = [new(File), new(File)];
        copies[1].Contains("one").Should().BeFalse();
        var watched = copies[1].WhenThere("one");

        copies[0].Change(names => names["one"] = "");
        copies[1].Change(names => names["two"] = "said of it");
        watched.IsCancellationRequested.Should().BeTrue("the other copy has seen it");
        copies[1].Change(names => names.Remove("one"));
        copies[0].Change(names => names["three"] = "");

        foreach (var copy in (SharedNames[])[.. copies, new(File)])
        {
            copy.Contains("one").Should().BeFalse();
            copy.Contains("two").Should().BeTrue();
            copy.Contains("three").Should().BeTrue();
        }
    }

    [Fact]
    public void Look_AtWhatAnotherCopyHasWritten_TellsWhoWaitsForIt()
    {
        var copy = new SharedNames(File);
        var (watched, other) = (copy.WhenThere("one"), copy.WhenThere("two"));
        new SharedNames(File).Change(names => names["one"] = "");

        copy.Contains("somebody else").Should().BeFalse();

        watched.IsCancellationRequested.Should().BeTrue();
        other.IsCancellationRequested.Should().BeFalse();
    }

    [Fact]
    public void Look_AtWhatWasWrittenInTheSameMoment_SeesIt()
    {
        // As a file system does whose moments are long.
        var moment = TimeProvider.System.GetUtcNow().UtcDateTime;
        var copy = new SharedNames(File);
        Write("one");
        copy.Contains("one").Should().BeTrue();

        Write("two");

        copy.Contains("two").Should().BeTrue();

        void Write(string name)
        {
            System.IO.File.WriteAllLines(File, [name]);
            System.IO.File.SetLastWriteTimeUtc(File, moment);
        }
    }

    [Fact]
    public void Change_ThatCannotBeWritten_HasNotHappened_AndARepeatIsWritten()
    {
        var names = new SharedNames(File);
        var watched = names.WhenThere("one");
        var obstacle = Directory.CreateDirectory(File + ".new");
        var change = () => names.Change(all => all["one"] = "");
        change.Should().Throw<UnauthorizedAccessException>();
        names.Contains("one").Should().BeFalse();
        watched.IsCancellationRequested.Should().BeFalse();
        obstacle.Delete();

        change();

        watched.IsCancellationRequested.Should().BeTrue();
        new SharedNames(File).Contains("one").Should().BeTrue();
    }

    public void Dispose() => folder.Dispose();
}
