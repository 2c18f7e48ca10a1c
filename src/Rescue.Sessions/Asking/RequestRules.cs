using Rescue.Sessions.Creating;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Requests;

namespace Rescue.Sessions.Asking;

/// <summary>What a request must be, and what may be set for requests.</summary>
internal static class RequestRules
{
    private const int MaxFormLength = 64;

    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(30);

    /// <summary>Every problem of a request, by field, but for the form of its reference.</summary>
    public static IEnumerable<FieldProblem> Problems(NewCustomerRequest request, NewSession session, RequestOptions options)
    {
        foreach (var problem in session.Problems())
            yield return problem;
        if (ProblemOfTopic(request) is { } topic)
            yield return new("topic", topic);
        if (ProblemOfEmail(request.NormalEmail, options.Email) is { } email)
            yield return new("email", email);
        if (options.Reference == RequestField.Required && session.NormalReference is null)
            yield return new("reference", "A request needs a reference.");
        if (request.Form is { Length: 0 or > MaxFormLength })
            yield return new("form", $"What names the form must be 1 to {MaxFormLength} characters.");
    }

    /// <summary>Every setting that cannot be used, as sentences that begin with the property and say the fix.</summary>
    public static IEnumerable<string> Problems(string name, RequestOptions options)
    {
        if (TimeoutRules.Problem($"{name}.Waiting", options.Waiting, LongestWait, zeroIsNever: true) is { } waiting)
            yield return waiting;
        if (!Enum.IsDefined(options.Email) || !Enum.IsDefined(options.Reference))
            yield return $"{name}.Email or {name}.Reference is not known. Set them to {string.Join(", ", Enum.GetNames<RequestField>())}.";
    }

    private static string? ProblemOfTopic(NewCustomerRequest request)
    {
        var topic = request.NormalTopic;
        if (!TextRules.HasVisibleCharacter(topic))
            return "Say what help is needed with.";
        if (TextRules.IsLongerThan(topic, CustomerRequest.MaxTopicLength))
            return $"What it is about must not be longer than {CustomerRequest.MaxTopicLength} characters.";
        return TextRules.HasForbiddenCharacter(topic) ? "What it is about must not contain control characters or characters that reverse the reading direction." : null;
    }

    // No more than that it can be one: whoever writes to it finds out.
    private static string? ProblemOfEmail(string? email, RequestField asked)
    {
        if (asked == RequestField.Hidden)
            return null;
        if (email is null)
            return asked == RequestField.Required ? "A request needs an email address." : null;
        return email.Length <= CustomerRequest.MaxEmailLength && email.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at == email.LastIndexOf('@')
            && at < email.Length - 1 && !email.Any(char.IsWhiteSpace) && !TextRules.HasForbiddenCharacter(email)
            ? null
            : $"This must be one email address of at most {CustomerRequest.MaxEmailLength} characters.";
    }
}
