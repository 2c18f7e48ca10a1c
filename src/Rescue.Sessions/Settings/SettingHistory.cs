using System.Collections.Immutable;

namespace Rescue.Sessions.Settings;

/// <summary>The versions of one document from a version on, newest first. They are read from the store as somebody goes back through them, not all at once.</summary>
/// <param name="settings">Where they are read.</param>
/// <param name="latest">Where it begins.</param>
internal sealed class SettingHistory(TenantSettings settings, SettingVersion latest)
{
    private const int First = 2;

    private ImmutableArray<SettingVersion> versions = [latest];
    private int place;
    private int asked;

    /// <summary>The latest version that nobody has gone back from; null behind the first of all.</summary>
    public SettingVersion? Latest => place < versions.Length ? versions[place] : null;

    /// <summary>Goes back to the version before.</summary>
    public async ValueTask GoBackAsync(CancellationToken cancellationToken)
    {
        var here = Latest!.Version;
        while (here > 1 && place + 1 >= versions.Length)
        {
            // A store gives the newest alone, these included: a quarter more each time reads few of them again, and few that nobody goes back to.
            asked = Math.Max(First, asked + Math.Max(1, asked / 4));
            var read = await settings.ReadHistoryAsync(latest.Tenant, latest.Name, asked, cancellationToken).ConfigureAwait(false);
            // Somebody may have saved meanwhile.
            (versions, place) = ([.. read.SkipWhile(version => version.Version > here)], 0);
            if (read.Length < asked)
                break;
        }

        place++;
    }
}
