using Rescue.Sessions.Packing;

namespace Guides.Tests;

/// <summary>What becomes of links when a README leaves the repository for a package.</summary>
public sealed class PackageReadmeTests
{
    [Theory]
    [InlineData("https://git.example.org/acme/blob/1f2e/", "[Testing](https://git.example.org/acme/blob/1f2e/docs/testing.md): how")]
    [InlineData("", "Testing (`docs/testing.md` in the repository): how")]
    public void Link_ToAFile_SaysWhereItIs(string files, string expected) =>
        PackageReadme.WithAbsoluteLinks("[Testing](../../docs/testing.md): how", files).Should().Be(expected);
}
