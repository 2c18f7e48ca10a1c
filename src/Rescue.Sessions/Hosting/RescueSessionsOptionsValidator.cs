using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Asking;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Creating;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Organizations;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Hosting;

/// <summary>Checks the options when the host starts. Every message names the property and the fix.</summary>
internal sealed class RescueSessionsOptionsValidator(
    ISessionStore store, IEnumerable<IHostEnvironment>? environments = null, IEnumerable<IConfiguration>? configurations = null)
    : IValidateOptions<RescueSessionsOptions>
{
    private static readonly TimeSpan OneDay = TimeSpan.FromDays(1);
    private static readonly TimeSpan OneMinute = TimeSpan.FromMinutes(1);

    public ValidateOptionsResult Validate(string? name, RescueSessionsOptions options)
    {
        var failures = new List<string>();
        if (CultureData.IsMissing())
            failures.Add(CultureData.Remedy);
        Codes(options.Codes, failures);
        failures.AddRange(OrganizationOptionsRules.Problems(options));
        foreach (var (tenant, organization) in options.Organizations)
            Secure($"Organizations[{tenant}].PublicBaseUri", organization.PublicBaseUri, options.Codes, failures);
        Range("Invitations.RecipientLimit", options.Invitations.RecipientLimit, 0, int.MaxValue, failures);
        Range("Invitations.RecipientWindow", options.Invitations.RecipientWindow, OneDay, failures);
        Range("Invitations.DistinctRecipients", options.Invitations.DistinctRecipients, 0, int.MaxValue, failures);
        failures.AddRange(TimeoutRules.Problems("Timeouts", options.Timeouts));
        foreach (var (tenant, timeouts) in options.TenantTimeouts)
            failures.AddRange(TimeoutRules.Problems($"TenantTimeouts[{tenant}]", timeouts));
        failures.AddRange(ReferenceRules.Problems("References", options.References));
        foreach (var (tenant, references) in options.TenantReferences)
            failures.AddRange(ReferenceRules.Problems($"TenantReferences[{tenant}]", references));
        failures.AddRange(RequestRules.Problems("Requests", options.Requests));
        foreach (var (tenant, requests) in options.TenantRequests)
            failures.AddRange(RequestRules.Problems($"TenantRequests[{tenant}]", requests));
        Range("RequestLimits.Window", options.RequestLimits.Window, OneDay, failures);
        Range("RequestLimits.PerAddress", options.RequestLimits.PerAddress, 0, int.MaxValue, failures);
        Range("RequestLimits.PerTenant", options.RequestLimits.PerTenant, 0, int.MaxValue, failures);
        Range("RequestLimits.Overall", options.RequestLimits.Overall, 0, int.MaxValue, failures);
        Range("Technicians.Capacity", options.Technicians.Capacity, 0, int.MaxValue, failures);
        Range("Guessing.Window", options.Guessing.Window, OneDay, failures);
        Range("Guessing.PerAddress", options.Guessing.PerAddress, 0, int.MaxValue, failures);
        Range("Guessing.PerTenant", options.Guessing.PerTenant, 0, int.MaxValue, failures);
        Range("Guessing.Overall", options.Guessing.Overall, 0, int.MaxValue, failures);
        Range("Outbox.Concurrency", options.Outbox.Concurrency, 1, 64, failures);
        Range("Outbox.MaxAttempts", options.Outbox.MaxAttempts, 1, 1000, failures);
        Range("Outbox.MaxRetryDelay", options.Outbox.MaxRetryDelay, TimeSpan.FromHours(1), failures);
        Range("Guests.MaxValidity", options.Guests.MaxValidity, OneMinute, TimeSpan.FromDays(7), failures);
        Range("Guests.Validity", options.Guests.Validity, OneMinute, options.Guests.MaxValidity, failures);
        Range("Guests.Most", options.Guests.Most, 1, 10, failures);
        Kept("Retention.Ended", options.Retention.Ended, failures);
        Kept("Retention.Technicians", options.Retention.Technicians, failures);
        failures.AddRange(GroupRules.Problems(options.Permissions.Groups).Select(problem => $"Permissions.Groups: {problem}"));
        failures.AddRange((configurations ?? []).SelectMany(configuration => ConfiguredRights.Problems(configuration, options.Permissions.Groups)).Distinct());
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private bool IsProduction => environments?.Any(environment => environment.IsProduction()) == true;

    private void Codes(CodeOptions codes, List<string> failures)
    {
        Range("Codes.Validity", codes.Validity, TimeSpan.FromDays(30), failures);
        Range("Codes.PinLength", codes.PinLength, PinCode.MinLength, PinCode.MaxLength, failures);
        Range("Codes.IssueLimit", codes.IssueLimit, 0, int.MaxValue, failures);
        Range("Codes.IssueWindow", codes.IssueWindow, OneDay, failures);
        if (codes.RepeatWindow < TimeSpan.Zero || codes.RepeatWindow > TimeSpan.FromHours(1))
            failures.Add($"Codes.RepeatWindow is {codes.RepeatWindow}. Set it to a time up to one hour, or to 0 for no repeats without a key.");
        if (codes.PublicBaseUri is null)
            failures.Add("Codes.PublicBaseUri is not set. Set it to the address under which customers reach the product, such as https://help.example.org/.");
        else if (PublicBaseUri.Problem(codes.PublicBaseUri) is { } problem)
            failures.Add($"Codes.PublicBaseUri {problem}");
        else
            Secure("Codes.PublicBaseUri", codes.PublicBaseUri, codes, failures);

        for (var i = 0; i < codes.Keys.Count; i++)
        {
            if (KeyRing.Problem(codes.Keys[i]) is { } keyProblem)
                failures.Add($"Codes.Keys[{i}] {keyProblem}. Make one with: openssl rand -base64 32");
        }

        var decoded = codes.Keys.Where(key => KeyRing.Problem(key) is null).Select(key => Convert.ToHexString(Convert.FromBase64String(key)));
        if (decoded.GroupBy(key => key).Any(same => same.Count() > 1))
            failures.Add("Codes.Keys has a key twice. Leave it once.");
        if (codes.Keys.Count == 0 && store.IsDurable)
            failures.Add("Codes.Keys is empty, but the store keeps sessions beyond a restart. Make a key with: openssl rand -base64 32");
    }

    private static void Kept(string property, TimeSpan value, List<string> failures)
    {
        if (value != TimeSpan.Zero && (value < TimeSpan.FromHours(1) || value > TimeSpan.FromDays(3653)))
            failures.Add($"{property} is {value}. Set it to a time from one hour to ten years, or to 0 for never.");
    }

    private void Secure(string property, Uri? address, CodeOptions codes, List<string> failures)
    {
        if (address is { IsAbsoluteUri: true } && address.Scheme == Uri.UriSchemeHttp && !codes.AllowHttp && !PublicBaseUri.IsLoopback(address) && IsProduction)
            failures.Add($"{property} is http:// in Production, where anybody on the way can read links. Use https://, or set Codes.AllowHttp on a private network.");
    }

    private static void Range(string property, TimeSpan value, TimeSpan most, List<string> failures)
    {
        if (TimeoutRules.Problem(property, value, most) is { } problem)
            failures.Add(problem);
    }

    private static void Range(string property, TimeSpan value, TimeSpan least, TimeSpan most, List<string> failures)
    {
        if (value < least || value > most)
            failures.Add($"{property} is {value}. Set it to a time from {least} to {most}.");
    }

    private static void Range(string property, int value, int least, int most, List<string> failures)
    {
        if (value < least || value > most)
            failures.Add($"{property} is {value}. Set it to a number from {least} to {most}.");
    }
}
