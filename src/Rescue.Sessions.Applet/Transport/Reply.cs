using System.Net;

namespace Rescue.Sessions.Applet.Transport;

/// <summary>An answer of the server, or why there is none.</summary>
sealed record Reply(HttpStatusCode? Status, ReadOnlyMemory<byte> BodyBytes, TimeSpan? RetryAfter, Exception? Failure)
{
    public ReadOnlySpan<byte> Body => BodyBytes.Span;

    public static Reply Failed(Exception failure) => new(null, default, null, failure);

    /// <summary>Null where the protocol has no such answer.</summary>
    public AppletAnswer? ToAnswer() => Answers.Read(Status);

    // The body of a join holds the key.
    public override string ToString() => $"Reply {(int?)Status}";
}
