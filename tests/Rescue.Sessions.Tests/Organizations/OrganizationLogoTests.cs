using System.Text;
using CsCheck;
using Rescue.Sessions.Organizations;

namespace Rescue.Sessions.Tests.Organizations;

public sealed class OrganizationLogoTests
{
    private static readonly Dictionary<string, (byte[] Image, string Type, int Width, int Height)> Good = new()
    {
        ["PNG"] = (Images.Png(200, 50), "image/png", 200, 50),
        ["GIF"] = (Images.Gif(30, 20), "image/gif", 30, 20),
        ["JPEG"] = (Images.Jpeg(64, 48), "image/jpeg", 64, 48),
        ["WebP, extended"] = (Images.WebP("VP8X", 0, 0, 0, 0, 99, 0, 0, 49, 0, 0), "image/webp", 100, 50),
        ["WebP, lossless"] = (Images.WebP("VP8L", 0x2F, 99, 0x40, 12, 0), "image/webp", 100, 50),
        ["WebP, lossy"] = (Images.WebP("VP8 ", 0, 0, 0, 0x9D, 0x01, 0x2A, 100, 0, 50, 0), "image/webp", 100, 50),
    };

    private static readonly Dictionary<string, (byte[] Image, string Says)> Bad = new()
    {
        ["nothing"] = ([], "is no PNG"),
        ["text"] = ("logo"u8.ToArray(), "is no PNG"),
        ["SVG"] = ("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"u8.ToArray(), "SVG is not taken"),
        ["SVG behind the mark of a PNG's beginning"] = ([0x89, 0x50, 0x4E, 0x47, .. "<svg onload='alert(1)'/>"u8.ToArray()], "is no PNG"),
        ["a cut PNG"] = (Images.Png(10, 10)[..20], "is no PNG"),
        ["a JPEG without a frame"] = ([0xFF, 0xD8, 0xFF, 0xD9, 0, 0, 0, 0, 0, 0, 0, 0], "is no PNG"),
        ["a wide PNG"] = (Images.Png(2001, 10), "is 2001 by 10 pixels"),
        ["a PNG of no height"] = (Images.Png(10, 0), "is 10 by 0 pixels"),
        ["a PNG of negative width"] = (Images.Png(-1, 10), "pixels"),
        ["a heavy PNG"] = (Images.Png(10, 10, OrganizationLogo.MaxBytes + 1), "more than 65,536 bytes"),
    };

    private static readonly byte[][] Beginnings = [[], [0xFF, 0xD8, 0xFF], [.. "RIFF----WEBPVP8L"u8], [.. "RIFF----WEBPVP8 "u8], Images.Png(1, 1)[..16]];

    public static TheoryData<string> GoodOnes => [.. Good.Keys];

    public static TheoryData<string> BadOnes => [.. Bad.Keys];

    [Fact]
    public void ContentId_SaysWhichImageItIs()
    {
        var (logo, same, other) = (OrganizationLogo.Parse(Images.Png(200, 50)), OrganizationLogo.Parse(Images.Png(200, 50)), OrganizationLogo.Parse(Images.Png(200, 51)));

        logo.ContentId.Should().MatchRegex("^[0-9a-f]{32}@logo$").And.Be(same.ContentId).And.NotBe(other.ContentId);
        logo.Should().Be(same).And.NotBe(other);
        logo.GetHashCode().Should().Be(same.GetHashCode());
    }

    [Fact]
    public void Parse_WhatIsChangedAfterwards_StaysAsItWas()
    {
        var image = Images.Png(200, 50);
        var logo = OrganizationLogo.Parse(image);

        image[0] = 0;

        logo.DataUri.Should().Be(OrganizationLogo.Parse(Images.Png(200, 50)).DataUri);
    }

    [Theory]
    [MemberData(nameof(GoodOnes))]
    public void Parse_Image_IsWhatItsContentSays(string name)
    {
        var (image, type, width, height) = Good[name];

        var logo = OrganizationLogo.Parse(image);

        (logo.MediaType, logo.Width, logo.Height).Should().Be((type, width, height));
        logo.DataUri.Should().Be($"data:{type};base64,{Convert.ToBase64String(image)}");
    }

    [Theory]
    [MemberData(nameof(BadOnes))]
    public void Parse_NoSuchImage_SaysWhatIsWrong(string name)
    {
        var (image, says) = Bad[name];

        var parse = () => OrganizationLogo.Parse(image);

        parse.Should().Throw<ArgumentException>().WithMessage($"*{says}*");
    }

    [Theory]
    [InlineData("data:image/png,abc", "data: URI in base64")]
    [InlineData("data:image/png;base64,???", "is not base64")]
    [InlineData("https://globex.example/logo.png", "is not base64")]
    [InlineData("data:image/svg+xml;base64,PHN2Zy8+", "is no PNG")]
    public void Problems_OfText_SayWhatIsWrong(string logo, string says) =>
        new OrganizationSettings { Logo = logo }.Problems().Should().ContainSingle().Which.Message.Should().Contain(says);

    [Fact]
    public void Problems_OfATypeThatTheContentIsNot_AreNone() =>
        new OrganizationSettings { Logo = $"data:image/svg+xml;base64,{Convert.ToBase64String(Images.Png(9, 9))}" }.Problems()
            .Should().BeEmpty("the content decides, and the type is written by it");

    [Fact]
    public void Read_AnyBytes_NeverThrows() => Gen.Select(Gen.Int[0, Beginnings.Length - 1], Gen.Byte.Array[0, 64])
        .Sample((which, rest) => new OrganizationSettings { Logo = Convert.ToBase64String([.. Beginnings[which], .. rest]) }.Problems().Should().HaveCountLessThan(2));
}
