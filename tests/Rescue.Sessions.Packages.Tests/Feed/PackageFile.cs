using System.IO.Compression;
using System.Xml.Linq;

namespace Rescue.Sessions.Packages.Feed;

/// <summary>A package as a client reads it.</summary>
public sealed class PackageFile : IDisposable
{
    private readonly ZipArchive archive;

    public PackageFile(string path)
    {
        archive = ZipFile.OpenRead(path);
        var document = XDocument.Parse(Text(archive.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).FullName));
        Metadata = document.Root!.Elements().Single(element => element.Name.LocalName == "metadata");
    }

    public XElement Metadata { get; }

    public IReadOnlyList<string> Names => [.. archive.Entries.Select(entry => entry.FullName)];

    /// <summary>What it needs: id, version, and what of it alone reaches a user's build (null for all).</summary>
    public IReadOnlyList<(string Id, string Version, string? Include)> Dependencies => [.. Metadata.Descendants()
        .Where(element => element.Name.LocalName == "dependency")
        .Select(element => ((string)element.Attribute("id")!, (string)element.Attribute("version")!, (string?)element.Attribute("include")))];

    public string? Value(string name) => Metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value;

    public string Text(string name)
    {
        using var reader = new StreamReader(archive.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }

    public byte[] Bytes(string name)
    {
        using var content = archive.GetEntry(name)!.Open();
        using var copy = new MemoryStream();
        content.CopyTo(copy);
        return copy.ToArray();
    }

    public void Dispose() => archive.Dispose();
}
