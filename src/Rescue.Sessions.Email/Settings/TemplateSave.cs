using Rescue.Sessions.Email.Templates;

namespace Rescue.Sessions.Email.Settings;

/// <summary>
/// The answer to an administrator who saves a template: <see cref="Saved"/>, <see cref="BadTemplate"/>, <see cref="AtLimit"/> or <see cref="Refused"/>.
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
    public sealed record BadTemplate(IReadOnlyList<TemplateProblem> Problems) : TemplateSave;

    /// <summary>Nothing was saved: the tenant has as many templates as it may.</summary>
    /// <param name="Limit">How many that are.</param>
    public sealed record AtLimit(int Limit) : TemplateSave;

    /// <summary>Nothing was saved.</summary>
    /// <param name="Reason">Why: <see cref="Refusal.Forbidden"/> or <see cref="Refusal.Outdated"/>.</param>
    public sealed record Refused(Refusal Reason) : TemplateSave;
}
