using Rescue.Sessions.Email.Templates;
using Rescue.Sessions.Permissions;

namespace Rescue.Sessions.Email.Settings;

/// <summary>
/// The answer to an administrator who wants a test message: <see cref="Sent"/>, <see cref="Failed"/>, <see cref="Refused"/>, <see cref="NotWritten"/>, <see cref="NoAddress"/>,
/// <see cref="TooMany"/> or <see cref="Forbidden"/>.
/// </summary>
public abstract record TemplateTest
{
    private TemplateTest()
    {
    }

    /// <summary>The mail server has taken it.</summary>
    /// <param name="To">Where it went: the administrator's own address.</param>
    public sealed record Sent(string To) : TemplateTest;

    /// <summary>It was not sent, or nobody knows whether it was.</summary>
    /// <param name="Result">What became of it.</param>
    public sealed record Failed(DispatchResult Result) : TemplateTest;

    /// <summary>Nothing was sent: the template has errors.</summary>
    /// <param name="Problems">Every problem.</param>
    public sealed record Refused(IReadOnlyList<TemplateProblem> Problems) : TemplateTest;

    /// <summary>Nothing was sent: the message cannot be written although the template has no error.</summary>
    /// <param name="Reason">What stands in the way, for the administrator to read.</param>
    public sealed record NotWritten(string Reason) : TemplateTest;

    /// <summary>Nothing was sent: the technician has no email address, or the host no dispatcher that sends.</summary>
    public sealed record NoAddress : TemplateTest;

    /// <summary>Nothing was sent: too many test messages of late.</summary>
    /// <param name="RetryAfter">After how long to try again.</param>
    public sealed record TooMany(TimeSpan RetryAfter) : TemplateTest;

    /// <summary>The technician lacks the right.</summary>
    /// <param name="Decision">Every missing right.</param>
    public sealed record Forbidden(PermissionDecision Decision) : TemplateTest;
}
