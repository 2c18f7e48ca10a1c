using System.Text.RegularExpressions;

namespace Rescue.Sessions.Components.Tests;

public sealed partial class WordsTests
{
    private const string Invitations = "drafted queued sent rejected deferred unknown bounced joined expired revoked";

    [Fact]
    public void Languages_Each_HasEveryTextWithTheSamePlaces()
    {
        var english = PackageFiles.Words("en");

        PackageFiles.Languages.Should().BeEquivalentTo(["en", "fr", "nl"]);
        foreach (var language in PackageFiles.Languages)
        {
            var words = PackageFiles.Words(language);
            words.Keys.Should().BeEquivalentTo(english.Keys, $"{language} is complete");
            foreach (var key in english.Keys)
                Places(words[key]).Should().BeEquivalentTo(Places(english[key]), $"{key} in {language} is filled in alike");
        }
    }

    [Fact]
    public void Scripts_EveryTextTheyName_IsThere()
    {
        var named = PackageFiles.Scripts.Values.SelectMany(script => NamedText().Matches(script)).Select(match => match.Groups[1].Value).ToHashSet();

        named.Should().HaveCountGreaterThan(150);
        named.Should().BeSubsetOf(PackageFiles.Words("en").Keys);
    }

    /// <summary>What the server names, and what the life of a session is made of, has words.</summary>
    [Theory]
    [InlineData("status", "connecting waiting active onHold transferring rebooting reconnecting offline timedOut closed unreadable")]
    [InlineData("end", "byCustomer byWaitingCustomer byTechnician aborted expired declined revoked connectingTimedOut waitingTimedOut holdTimedOut")]
    [InlineData("actor", "technician customer timer network policy service")]
    [InlineData("invitation", Invitations)]
    [InlineData("trigger", "join ready autoStart start hold resume transfer acceptTransfer declineTransfer takeBackTransfer transferTimeOut reboot loseConnection goOffline return idleTimeOut close leave decline revoke expire connectingTimeOut waitingTimeOut holdTimeOut abort")]
    [InlineData("history", "created invitation alarm codeTried")]
    [InlineData("alarm", "1 2 3")]
    [InlineData("section", "waiting offered mine connecting others closed")]
    public void Names_OfTheServer_HaveWords(string kind, string names)
    {
        foreach (var language in PackageFiles.Languages)
            PackageFiles.Words(language).Keys.Should().Contain(names.Split(' ').Select(name => $"{kind}.{name}"), language);
    }

    /// <summary>A word for what an invitation never becomes would promise that it is looked for.</summary>
    [Fact]
    public void Words_OfInvitations_AreOfStatesThatThereAre() =>
        PackageFiles.Words("en").Keys.Where(key => key.StartsWith("invitation.", StringComparison.Ordinal))
            .Should().BeEquivalentTo(Invitations.Split(' ').Select(state => $"invitation.{state}"));

    /// <summary>A count may be one, but where it is told only of many.</summary>
    [Fact]
    public void Words_WithACount_NeedNoPlural()
    {
        string[] many = ["create.pin.longer", "toast.waitingMany", "template.mailto.numbers"];

        foreach (var language in PackageFiles.Languages)
            PackageFiles.Words(language).Where(text => Counted().IsMatch(text.Value)).Select(text => text.Key).Should().BeSubsetOf(many, language);
    }

    private static IEnumerable<string> Places(string text) => Place().Matches(text).Select(match => match.Value);

    [GeneratedRegex(@"\bt\('([\w.]+)'")]
    private static partial Regex NamedText();

    [GeneratedRegex(@"\{\d\} (?:\p{L}+ )?(?:sess|second|minut|client|customer|klant|digit|chiffre|cijfer|character|caract|teken)")]
    private static partial Regex Counted();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();
}
