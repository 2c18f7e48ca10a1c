using Rescue.Sessions.Email.Templates;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Settings;

namespace Rescue.Sessions.Email.Settings;

/// <summary>
/// The answer to an administrator who saves a template: <see cref="Saved"/>, <see cref="Refused"/>, <see cref="Outdated"/> or <see cref="Forbidden"/>.
/// </summary>
public abstract record TemplateSave
{
    private TemplateSave()
    {
    }

    /// <summary>The next message uses it.</summary>
    /// <param name="Template">What was saved, with its warnings.</param>
    public sealed record Saved(SavedTemplate Template) : TemplateSave;

    /// <summary>Nothing was saved: a customer could not use such a message.</summary>
    /// <param name="Problems">Every problem, with place and remedy.</param>
    public sealed record Refused(IReadOnlyList<TemplateProblem> Problems) : TemplateSave;

    /// <summary>Nothing was saved: somebody else saved a version that the author has not seen.</summary>
    /// <param name="Latest">That version.</param>
    public sealed record Outdated(SettingVersion Latest) : TemplateSave;

    /// <summary>The technician lacks the right.</summary>
    /// <param name="Decision">Every missing right.</param>
    public sealed record Forbidden(PermissionDecision Decision) : TemplateSave;
}
