using System.Text.Json;

namespace Rescue.Sessions.Applet.Transport;

/// <summary>Reads members that may be anything.</summary>
internal static class JsonText
{
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
