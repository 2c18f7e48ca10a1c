using System.Diagnostics.CodeAnalysis;

namespace Rescue.Sessions.Codes;

/// <summary>The 128-bit secret that a guest receives on joining and shows at every later request. A rejoin replaces it. Immutable.</summary>
/// <remarks>The text form is that of an <see cref="AppletKey"/>; neither is taken for the other. <see cref="ToString"/> masks it.</remarks>
public sealed class GuestKey
{
    private readonly AppletKey key;

    private GuestKey(AppletKey key) => this.key = key;

    internal ReadOnlySpan<byte> Bytes => key.Bytes;

    /// <summary>The text form, 22 characters of base64url. A secret.</summary>
    public string Text => key.Text;

    internal static GuestKey Generate() => new(AppletKey.Generate());

    /// <summary>Reads the text form. Only the one canonical spelling of a key is accepted.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out GuestKey? key)
    {
        key = AppletKey.TryParse(text, out var read) ? new(read) : null;
        return key is not null;
    }

    /// <summary>Asterisks.</summary>
    public override string ToString() => "****";
}
