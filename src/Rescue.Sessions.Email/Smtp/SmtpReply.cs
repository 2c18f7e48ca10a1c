using System.Text.RegularExpressions;

namespace Rescue.Sessions.Email.Smtp;

/// <summary>One complete answer (RFC 5321 section 4.2), its lines joined by spaces, and the command it answers.</summary>
internal sealed partial record SmtpReply(SmtpPhase Phase, int Code, string Text)
{
    private static readonly TimeSpan LongestHint = TimeSpan.FromDays(1);

    public bool IsPositive => Code is >= 200 and < 300;

    public bool IsTransientRefusal => Code is >= 400 and < 500;

    public bool IsPermanentRefusal => Code is >= 500 and < 600;

    /// <summary>The enhanced status code (RFC 2034) when the text begins with one, or null.</summary>
    public string? EnhancedStatus => EnhancedStatusPattern().Match(Text) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>The text without its enhanced status code.</summary>
    public string Words => EnhancedStatus is { } status ? Text[status.Length..].TrimStart() : Text;

    /// <summary>How long greylisting and rate limits ask us to wait; they say so in words, if at all.</summary>
    public TimeSpan? RetryAfter
    {
        get
        {
            if (WaitPattern().Match(Text) is not { Success: true } match)
                return null;
            var amount = int.Parse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
            var wait = char.ToUpperInvariant(match.Groups[2].ValueSpan[0]) switch
            {
                'S' => TimeSpan.FromSeconds(amount),
                'M' => TimeSpan.FromMinutes(amount),
                _ => TimeSpan.FromHours(amount),
            };
            return wait > TimeSpan.Zero && wait <= LongestHint ? wait : null;
        }
    }

    [GeneratedRegex(@"^([245]\.[0-9]{1,3}\.[0-9]{1,3})(?=\s|$)", RegexOptions.CultureInvariant)]
    private static partial Regex EnhancedStatusPattern();

    [GeneratedRegex(@"\b([0-9]{1,5})\s?(s|secs?|seconds?|min|mins|minutes?|h|hours?)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex WaitPattern();
}
