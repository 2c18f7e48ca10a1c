using System.Collections.Immutable;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Settings;

namespace Rescue.Sessions;

/// <summary>
/// The answer to an administrator who saves a setting: <see cref="Saved"/>, <see cref="Invalid"/>, <see cref="Outdated"/> or <see cref="Forbidden"/>.
/// </summary>
public abstract record SettingsSave
{
    private SettingsSave()
    {
    }

    /// <summary>It holds from now on.</summary>
    /// <param name="Version">The version that was saved.</param>
    public sealed record Saved(SettingVersion Version) : SettingsSave;

    /// <summary>Nothing was saved: the value has problems.</summary>
    /// <param name="Problems">All of them.</param>
    public sealed record Invalid(ImmutableArray<FieldProblem> Problems) : SettingsSave;

    /// <summary>Nothing was saved: somebody else saved a version that the author has not seen.</summary>
    /// <param name="Latest">That version.</param>
    public sealed record Outdated(SettingVersion Latest) : SettingsSave;

    /// <summary>The technician lacks the right.</summary>
    /// <param name="Decision">Every missing right.</param>
    public sealed record Forbidden(PermissionDecision Decision) : SettingsSave;
}
