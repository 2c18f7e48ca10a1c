using System.Globalization;
using HelpDesk.Data;

namespace HelpDesk.SignIn;

/// <summary>
/// The sign-ins that were ended by a sign-out, which a copy of their cookie must not bring back. Kept in a file, because cookies outlive a restart too and
/// reach every copy of the program, and for as long as a cookie is valid. Thread-safe.
/// </summary>
internal sealed class EndedSignIns(SampleData data, TimeProvider time)
{
    private readonly SharedNames _ended = new(data.PathOf("ended-sign-ins.txt"));

    public bool Contains(string id) => _ended.Contains(id);

    /// <summary>Cancelled as soon as the sign-in is ended.</summary>
    public CancellationToken WhenEnded(string id) => _ended.WhenThere(id);

    /// <summary>Ends a sign-in.</summary>
    /// <param name="id">Which.</param>
    /// <param name="validFor">For how long its cookie would still be taken.</param>
    public void Add(string id, TimeSpan validFor) => _ended.Change(ended =>
    {
        var now = time.GetUtcNow();
        foreach (var (former, until) in ended)
        {
            if (MomentOf(until) <= now)
                ended.Remove(former);
        }

        ended[id] = (now + validFor).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
    });

    private static DateTimeOffset MomentOf(string seconds) => DateTimeOffset.FromUnixTimeSeconds(long.Parse(seconds, CultureInfo.InvariantCulture));
}
