using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Rescue.Sessions.Creating;

/// <summary>Whether a new session may have the reference that it has, or none. Thread-safe; follows changes of the options.</summary>
internal sealed class References(IOptionsMonitor<ICreatingOptions> options)
{
    public const string Field = "reference";

    // As many as are configured.
    private readonly ConcurrentDictionary<string, Regex> patterns = new(StringComparer.Ordinal);

    public ReferenceRule RuleFor(Technician technician)
    {
        var rules = Of(technician.Tenant);
        return new(rules.IsRequired, rules.Example, rules.Check is not null);
    }

    /// <summary>A reference that would do in a tenant, or null.</summary>
    public string? ExampleOf(string tenant) => Of(tenant).Example;

    /// <summary>What is wrong with the reference of a technician's request, as far as its form tells, or with its having none; null when nothing is.</summary>
    public FieldProblem? Problem(Technician technician, string? reference) => reference is null && Of(technician.Tenant) is { IsRequired: true } rules
        ? new(Field, $"A session needs a reference{(rules.Example is { } example ? $", such as {example}" : "")}.")
        : ProblemOfForm(technician.Tenant, reference);

    /// <summary>What is wrong with the form of a reference; null when nothing is, and for none.</summary>
    public FieldProblem? ProblemOfForm(string tenant, string? reference)
    {
        var rules = Of(tenant);
        return reference is not null && rules.Pattern is { } pattern && !patterns.GetOrAdd(pattern, ReferenceRules.Compile).IsMatch(reference)
            ? new(Field, rules.Example is { } example ? $"The reference must look like {example}." : "The reference does not have the form that references have here.")
            : null;
    }

    /// <summary>What the host finds wrong with it; null when nothing is.</summary>
    public async ValueTask<FieldProblem?> CheckAsync(Technician technician, string? reference, CancellationToken cancellationToken) =>
        reference is not null && Of(technician.Tenant).Check is { } check
        && await check(technician, reference, cancellationToken).ConfigureAwait(false) is { } problem ? new(Field, problem) : null;

    private ReferenceOptions Of(string tenant) =>
        options.CurrentValue.TenantReferences.TryGetValue(tenant, out var own) ? own : options.CurrentValue.References;
}
