using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Rescue.Sessions.Identities;

namespace Rescue.Sessions;

/// <summary>
/// Names one support session. It is not a secret: it opens nothing by itself.
/// </summary>
/// <remarks>
/// Ids are version 7 UUIDs (RFC 9562, section 5.7), so that they sort by time of creation; the text form is 32 lower-case hexadecimal digits.
/// </remarks>
[JsonConverter(typeof(SessionIdJsonConverter))]
public readonly record struct SessionId : IComparable<SessionId>, ISpanParsable<SessionId>
{
    /// <summary>Wraps an existing id, for instance one read from a database.</summary>
    /// <exception cref="ArgumentException"><paramref name="value"/> is the empty UUID.</exception>
    public SessionId(Guid value)
    {
        if (value == Guid.Empty)
            throw new ArgumentException("A session id must not be the empty UUID.", nameof(value));
        Value = value;
    }

    /// <summary>The UUID; the empty one only in an uninitialised id, which names no session.</summary>
    public Guid Value { get; }

    /// <summary>Makes a new id stamped with <paramref name="now"/>.</summary>
    public static SessionId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    /// <inheritdoc/>
    public int CompareTo(SessionId other) => Value.CompareTo(other.Value);

    /// <inheritdoc cref="IParsable{TSelf}.Parse"/>
    public static SessionId Parse(string s, IFormatProvider? provider = null) => Parse(s.AsSpan(), provider);

    /// <inheritdoc cref="ISpanParsable{TSelf}.Parse"/>
    public static SessionId Parse(ReadOnlySpan<char> s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException("A session id is 32 hexadecimal digits.");

    /// <summary>Reads an id, as its 32 hexadecimal digits; false for anything else.</summary>
    /// <param name="s">The text; null is none.</param>
    /// <param name="result">The id.</param>
    public static bool TryParse([NotNullWhen(true)] string? s, out SessionId result) => TryParse(s.AsSpan(), provider: null, out result);

    /// <inheritdoc cref="IParsable{TSelf}.TryParse"/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out SessionId result) =>
        TryParse(s.AsSpan(), provider, out result);

    /// <inheritdoc cref="ISpanParsable{TSelf}.TryParse"/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out SessionId result)
    {
        var parsed = Guid.TryParseExact(s, "N", out var value) && value != Guid.Empty;
        result = parsed ? new SessionId(value) : default;
        return parsed;
    }

    /// <summary>The 32 hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("N");

    /// <summary>Orders by time of creation.</summary>
    public static bool operator <(SessionId left, SessionId right) => left.CompareTo(right) < 0;

    /// <summary>Orders by time of creation.</summary>
    public static bool operator >(SessionId left, SessionId right) => left.CompareTo(right) > 0;

    /// <summary>Orders by time of creation.</summary>
    public static bool operator <=(SessionId left, SessionId right) => left.CompareTo(right) <= 0;

    /// <summary>Orders by time of creation.</summary>
    public static bool operator >=(SessionId left, SessionId right) => left.CompareTo(right) >= 0;
}
