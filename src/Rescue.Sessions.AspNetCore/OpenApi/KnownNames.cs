using System.Collections.Frozen;

namespace Rescue.Sessions.AspNetCore.OpenApi;

/// <summary>What names mean that are the same on every route.</summary>
internal static class KnownNames
{
    /// <summary>The parts of paths.</summary>
    public static FrozenDictionary<string, string> PathParts { get; } = new Dictionary<string, string>
    {
        ["id"] = "The session's id.",
        ["sessionId"] = "The session's id, as joining has answered it.",
        ["platform"] = "The customer's platform.",
    }.ToFrozenDictionary();

    /// <summary>The headers of answers.</summary>
    public static FrozenDictionary<string, string> AnswerHeaders { get; } = new Dictionary<string, string>
    {
        ["Accept-Ranges"] = "`bytes`: a part can be asked for.",
        ["Content-Disposition"] = "The name under which browsers keep the file.",
        ["Content-Language"] = "The language of the page.",
        ["Content-Range"] = "Which bytes of how many these are.",
        ["ETag"] = "The same as long as the bytes are.",
        ["Location"] = "Where to go on.",
        ["Retry-After"] = "The seconds to wait before the next try.",
        ["WWW-Authenticate"] = "`Bearer`.",
    }.ToFrozenDictionary();
}
