namespace Rescue.Sessions.Codes;

/// <summary>How codes and links are made, and how long they are good for.</summary>
public sealed class CodeOptions
{
    /// <summary>How long a PIN and its link may be redeemed, unless <see cref="Lifecycle.TimeoutOptions.Connecting"/> is over before. One second to 30 days; 20 minutes by default.</summary>
    public TimeSpan Validity { get; set; } = TimeSpan.FromMinutes(20);

    /// <summary>The number of digits of a PIN, 6 to 12; 6 by default. More are used as live codes become many.</summary>
    public int PinLength { get; set; } = PinCode.MinLength;

    /// <summary>
    /// The address under which customers reach the product, such as <c>https://help.example.org/</c>. Every link is built from it and never
    /// from a request's Host header, which a stranger can choose.
    /// </summary>
    public Uri? PublicBaseUri { get; set; }

    /// <summary>
    /// Whether <see cref="PublicBaseUri"/> may be http beyond loopback in Production, where anybody on the way can read links and take customers'
    /// places; off by default.
    /// </summary>
    public bool AllowHttp { get; set; }

    /// <summary>Whether links carry only the PIN. Shorter, but as easy to guess as the PIN; off by default.</summary>
    public bool PinOnlyLinks { get; set; }

    /// <summary>
    /// Base64 keys of 32 bytes or more from which hashes and seals are derived, the current one first. To rotate, add the new key last on
    /// all nodes, then move it to the front, then remove the old one when no session that used it is live. Secrets of webhooks
    /// are sealed under the first key by the nodes that start with it. Empty is allowed only with the in-memory store, which then draws one.
    /// </summary>
    public IList<string> Keys { get; } = [];

    /// <summary>How many codes one technician may issue per <see cref="IssueWindow"/>; 0 = no limit. 60 by default.</summary>
    public int IssueLimit { get; set; } = 60;

    /// <summary>
    /// For how long an identical request of the same technician without an idempotency key counts as a repeat, as after a double click, and is answered with the
    /// first one's session unless that is over; up to one hour, 0 = never. Ten seconds by default.
    /// </summary>
    public TimeSpan RepeatWindow { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The window of <see cref="IssueLimit"/>, one second to one day; one minute by default.</summary>
    public TimeSpan IssueWindow { get; set; } = TimeSpan.FromMinutes(1);
}
