using System.Xml;
using System.Xml.Linq;

namespace Rescue.Sessions.Languages;

/// <summary>A file of a host's own words, such as <c>CustomerTexts.nl.resx</c>: one resource in one language, in the form in which ours are kept.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Resource">The resource, such as <c>CustomerTexts</c>.</param>
/// <param name="Language">The language, as the name of the file says it.</param>
internal sealed record ResourceFile(string Path, string Resource, string Language)
{
    private const string Extension = ".resx";

    /// <summary>The files of a folder that are in a language; none where there is no folder. In the order of their names.</summary>
    public static IEnumerable<ResourceFile> In(string? folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*" + Extension).Order(StringComparer.Ordinal).Select(Of).OfType<ResourceFile>()
        : [];

    /// <summary>Its words by key.</summary>
    /// <exception cref="XmlException">It is no XML, or has another root.</exception>
    /// <exception cref="InvalidDataException">A key is missing, or there twice.</exception>
    public Dictionary<string, string> Read()
    {
        using var reader = XmlReader.Create(Path, new() { DtdProcessing = DtdProcessing.Prohibit });
        var root = XDocument.Load(reader).Root!;
        if (root.Name != "root")
            throw new XmlException("The root of the file is not <root>.");
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in root.Elements("data"))
        {
            var key = (string?)entry.Attribute("name") ?? throw new InvalidDataException("An entry has no name.");
            if (!words.TryAdd(key, (string?)entry.Element("value") ?? ""))
                throw new InvalidDataException($"'{key}' is there twice.");
        }

        return words;
    }

    // The neutral file of a resource has no language, and is ours.
    private static ResourceFile? Of(string path)
    {
        var name = System.IO.Path.GetFileNameWithoutExtension(path);
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? null : new(path, name[..dot], name[(dot + 1)..]);
    }
}
