using Microsoft.Extensions.Options;
using Rescue.Sessions.Email.Dkim;
using Rescue.Sessions.Normalization;

namespace Rescue.Sessions.Email.Hosting;

/// <summary>Reads the keys when the host starts: a message signed by a wrong one would be trusted less than one without.</summary>
internal sealed class DkimKeyValidator : IValidateOptions<EmailOptions>
{
    private const int MaxLabel = 63;

    public ValidateOptionsResult Validate(string? name, EmailOptions options)
    {
        var failures = options.Dkim.SelectMany((key, index) => Problems(key).Select(problem => $"Email.Dkim[{index}].{problem}")).ToList();
        foreach (var twice in options.Dkim.GroupBy(key => key.ToString(), StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
            failures.Add($"Email.Dkim has {twice.Key} twice. Give each key a selector of its own.");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Problems(DkimKey key)
    {
        if (DomainName.Parse(key.Domain) is null)
            yield return "Domain must be the sender's domain, such as acme.example.";
        if (!key.Selector.Split('.').All(IsLabel))
            yield return "Selector must be the name under which the public key stands in DNS, of ASCII letters, digits, hyphens and dots, such as s2026.";
        if (key.Read(out var problem) is null)
            yield return problem!;
    }

    private static bool IsLabel(string label) =>
        label is { Length: > 0 and <= MaxLabel } && label[0] != '-' && label[^1] != '-' && label.All(character => char.IsAsciiLetterOrDigit(character) || character == '-');
}
