using System.Security.Cryptography;

namespace Rescue.Sessions.Organizations;

/// <summary>An image that was looked at: a PNG, JPEG, GIF or WebP of at most 64 KB and 2,000 pixels a side. Immutable, and equal to the same image.</summary>
/// <remarks>SVG is none of them: it is a program that a browser runs.</remarks>
public sealed class OrganizationLogo : IEquatable<OrganizationLogo>
{
    /// <summary>The most bytes.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>The most pixels of a side: a small file can be an image that fills the memory of who looks at it.</summary>
    public const int MaxSide = 2_000;

    private const string DataScheme = "data:";

    private OrganizationLogo(byte[] bytes, ImageHeader header)
    {
        Bytes = bytes;
        MediaType = header.MediaType;
        Width = header.Width;
        Height = header.Height;
        ContentId = $"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16))}@logo";
    }

    /// <summary>The image.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Its type by its content, such as <c>image/png</c>.</summary>
    public string MediaType { get; }

    /// <summary>Its width in pixels.</summary>
    public int Width { get; }

    /// <summary>Its height in pixels.</summary>
    public int Height { get; }

    /// <summary>The image as a <c>data:</c> URI (RFC 2397).</summary>
    public string DataUri => field ??= $"{DataScheme}{MediaType};base64,{Convert.ToBase64String(Bytes.Span)}";

    /// <summary>Its Content-ID in messages (RFC 2392), without angle brackets: made of the image, so that no two images have the same.</summary>
    public string ContentId { get; }

    /// <summary>Looks at an image.</summary>
    /// <exception cref="ArgumentException">It is none that can be used; the message says why.</exception>
    public static OrganizationLogo Parse(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return Read([.. bytes], out var problem) ?? throw new ArgumentException($"The logo {problem}", nameof(bytes));
    }

    /// <summary>Whether it is the same image.</summary>
    public bool Equals(OrganizationLogo? other) => other is not null && other.ContentId == ContentId;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as OrganizationLogo);

    /// <inheritdoc/>
    public override int GetHashCode() => ContentId.GetHashCode(StringComparison.Ordinal);

    /// <summary>Reads a <c>data:</c> URI or base64; null with what is wrong, in words that follow its name.</summary>
    internal static OrganizationLogo? Read(string text, out string? problem)
    {
        var base64 = text.AsSpan().Trim();
        if (base64.StartsWith(DataScheme, StringComparison.OrdinalIgnoreCase))
        {
            var comma = base64.IndexOf(',');
            if (comma < 0 || !base64[..comma].EndsWith(";base64", StringComparison.OrdinalIgnoreCase))
            {
                problem = "must be a data: URI in base64, such as data:image/png;base64,…";
                return null;
            }

            base64 = base64[(comma + 1)..];
        }

        // Before it is decoded, so that what is far too large costs nothing.
        if (base64.Length > MaxBytes * 2)
        {
            problem = TooLarge;
            return null;
        }

        var bytes = new byte[base64.Length];
        if (!Convert.TryFromBase64Chars(base64, bytes, out var length))
        {
            problem = "is not base64. Give the image as data:image/png;base64,…";
            return null;
        }

        return Read(bytes[..length], out problem);
    }

    private const string TooLarge = "has more than 65,536 bytes. Save it smaller: it is shown about 200 pixels wide.";

    private static OrganizationLogo? Read(byte[] bytes, out string? problem)
    {
        problem = null;
        if (bytes.Length > MaxBytes)
            problem = TooLarge;
        else if (ImageHeader.Read(bytes) is not { } header)
            problem = "is no PNG, JPEG, GIF or WebP image. Save it as one of them; SVG is not taken.";
        else if (header.Width is < 1 or > MaxSide || header.Height is < 1 or > MaxSide)
            problem = $"is {header.Width} by {header.Height} pixels. Save it with at most {MaxSide} a side.";
        else
            return new(bytes, header);
        return null;
    }
}
