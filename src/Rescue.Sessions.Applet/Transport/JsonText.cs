using System.Text.Json;

namespace Rescue.Sessions.Applet.Transport;

/// <summary>Reads members that may be anything.</summary>
internal static class JsonText
{
    /// <summary>A name or a word that people are told; null where the member is no text.</summary>
    public static string? LineOf(JsonElement member) => ServerText.Line(Of(member));

    /// <summary>The text of a member; null where it is none, which half a pair of surrogates is not either.</summary>
    public static string? Of(JsonElement member)
    {
        try
        {
            return member.ValueKind == JsonValueKind.String ? member.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
