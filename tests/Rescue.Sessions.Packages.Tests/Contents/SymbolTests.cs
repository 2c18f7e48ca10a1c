using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Rescue.Sessions.Packages.Feed;

namespace Rescue.Sessions.Packages.Contents;

/// <summary>What a debugger finds.</summary>
public sealed class SymbolTests(PackedFeed feed)
{
    [Theory]
    [MemberData(nameof(Libraries.All), MemberType = typeof(Libraries))]
    public void Symbols_BelongToTheAssembly_WhichIsDeterministic(string id)
    {
        using var package = feed.Open(id);
        using var symbols = new PackageFile(Path.Combine(feed.Folder, $"{id}.{PackedFeed.Version}.snupkg"));
        using var assembly = new PEReader(new MemoryStream(package.Bytes($"lib/net10.0/{id}.dll")));
        using var database = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(symbols.Bytes($"lib/net10.0/{id}.pdb")));

        var entries = assembly.ReadDebugDirectory();
        entries.Should().Contain(entry => entry.Type == DebugDirectoryEntryType.Reproducible);
        var written = assembly.ReadCodeViewDebugDirectoryData(entries.Single(entry => entry.Type == DebugDirectoryEntryType.CodeView)).Guid;
        new BlobContentId(database.GetMetadataReader().DebugMetadataHeader!.Id).Guid.Should().Be(written);
    }
}
