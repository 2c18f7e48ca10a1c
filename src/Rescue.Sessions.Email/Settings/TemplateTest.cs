using Rescue.Sessions.Email.Templates;

namespace Rescue.Sessions.Email.Settings;

/// <summary>
/// The answer to an administrator who wants a test message: <see cref="Sent"/>, <see cref="Failed"/>, <see cref="BadTemplate"/>, <see cref="NoAddress"/> or
/// <see cref="Refused"/>.
/// </summary>
public abstract record TemplateTest
{
    private TemplateTest()
    {
    }

    /// <summary>The mail server has taken it.</summary>
    /// <param name="To">Where it went: the administrator's own address.</param>
    public sealed record Sent(string To) : TemplateTest
    {
        /// <summary>No address, for it may come into a log.</summary>
        public override string ToString() => nameof(Sent);
    }

    /// <summary>It was not sent, or nobody knows whether it was.</summary>
    /// <param name="Result">What became of it.</param>
    public sealed record Failed(DispatchResult Result) : TemplateTest;

    /// <summary>Nothing was sent: the template has errors.</summary>
    /// <param name="Problems">Every problem.</param>
    public sealed record BadTemplate(IReadOnlyList<TemplateProblem> Problems) : TemplateTest;

    /// <summary>Nothing was sent: the technician has no email address, or the host no dispatcher that sends.</summary>
    public sealed record NoAddress : TemplateTest;

    /// <summary>Nothing was sent.</summary>
    /// <param name="Reason">Why: <see cref="Refusal.Forbidden"/>, <see cref="Refusal.TooMany"/> or <see cref="Refusal.NotWritten"/>, where the template has no error.</param>
    public sealed record Refused(Refusal Reason) : TemplateTest;
}
