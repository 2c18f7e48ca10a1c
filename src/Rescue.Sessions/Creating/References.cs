using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Rescue.Sessions.Creating;

/// <summary>Whether a new session may have the reference that it has, or none. Thread-safe; follows changes of the options.</summary>
internal sealed class References(IOptionsMonitor<ICreatingOptions> options)
{
    private const string Field = "reference";

    // As many as are configured.
    private readonly ConcurrentDictionary<string, Regex> patterns = new(StringComparer.Ordinal);

    public ReferenceRule RuleFor(Technician technician)
    {
        var rules = Of(technician);
        return new(rules.IsRequired, rules.Example, rules.Check is not null);
    }

    /// <summary>What is wrong with the reference of a request, as far as its form tells; null when nothing is.</summary>
    public FieldProblem? Problem(Technician technician, string? reference)
    {
        var rules = Of(technician);
        if (reference is null)
            return rules.IsRequired ? new(Field, $"A session needs a reference{Such(rules)}.") : null;
        return rules.Pattern is { } pattern && !patterns.GetOrAdd(pattern, ReferenceRules.Compile).IsMatch(reference)
            ? new(Field, rules.Example is { } example ? $"The reference must look like {example}." : "The reference does not have the form that references have here.")
            : null;
    }

    /// <summary>What the host finds wrong with it; null when nothing is.</summary>
    public async ValueTask<FieldProblem?> CheckAsync(Technician technician, string? reference, CancellationToken cancellationToken) =>
        reference is not null && Of(technician).Check is { } check
        && await check(new(technician, reference), cancellationToken).ConfigureAwait(false) is { } problem ? new(Field, problem) : null;

    private ReferenceOptions Of(Technician technician) =>
        options.CurrentValue.TenantReferences.TryGetValue(technician.Tenant, out var own) ? own : options.CurrentValue.References;

    private static string Such(ReferenceOptions rules) => rules.Example is { } example ? $", such as {example}" : "";
}
