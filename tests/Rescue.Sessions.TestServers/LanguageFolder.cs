using System.Xml.Linq;

namespace Rescue.Sessions.TestServers;

/// <summary>A host's folder of languages, of which a test changes the one thing it is about.</summary>
public sealed class LanguageFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rescue-languages-");

    public string Path => folder.FullName;

    /// <summary>Puts a file with words into it.</summary>
    public LanguageFolder Add(string name, params (string Key, string Word)[] words)
    {
        var entries = words.Select(word => new XElement("data", new XAttribute("name", word.Key), new XElement("value", word.Word)));
        new XDocument(new XElement("root", entries)).Save(System.IO.Path.Combine(Path, name));
        return this;
    }

    /// <summary>Puts any text into it.</summary>
    public LanguageFolder AddText(string name, string text)
    {
        File.WriteAllText(System.IO.Path.Combine(Path, name), text);
        return this;
    }

    public void Dispose() => folder.Delete(recursive: true);
}
