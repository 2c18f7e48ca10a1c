using System.Net;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Normalization;

namespace Rescue.Sessions.Email.Smtp;

/// <summary>Every message names the property and the fix.</summary>
internal sealed class SmtpOptionsValidator : IValidateOptions<SmtpOptions>
{
    public ValidateOptionsResult Validate(string? name, SmtpOptions options)
    {
        var prefix = string.IsNullOrEmpty(name) ? "Smtp" : $"Smtp[{name}]";
        var problems = Problems(options).Select(problem => $"{prefix}.{problem}").ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    /// <summary>Whether the host is this machine by name or address. What a name resolves to is checked again on connecting.</summary>
    public static bool IsLoopback(string host) => IPAddress.TryParse(host, out var address)
        ? IPAddress.IsLoopback(address)
        : host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);

    /// <summary>The name as EHLO takes it (RFC 5321 section 4.1.1.1): a full domain name in ASCII, or an address in brackets; null when it is neither.</summary>
    public static string? EhloName(string name) =>
        name.StartsWith('[') && name.EndsWith(']') && IPAddress.TryParse(name[1..^1].Replace("IPv6:", "", StringComparison.OrdinalIgnoreCase), out _)
            ? name
            : DomainName.Parse(name)?.Ascii;

    private static IEnumerable<string> Problems(SmtpOptions options)
    {
        if (Uri.CheckHostName(options.Host) == UriHostNameType.Unknown)
            yield return Problem(nameof(options.Host), "must be the mail server's name or address, such as smtp.example.com.");
        if (options.Port is < 1 or > 65_535)
            yield return Problem(nameof(options.Port), "must be 1 to 65535; mail servers take mail at 587 (StartTls) or 465 (SslOnConnect).");
        if (!Enum.IsDefined(options.Security))
            yield return Problem(nameof(options.Security), "must be None, StartTls or SslOnConnect.");
        if (options.Security == SmtpSecurity.None && !options.AllowClearText && !string.IsNullOrWhiteSpace(options.Host) && !IsLoopback(options.Host))
        {
            yield return Problem(
                nameof(options.Security), "is None for a host that is not loopback: set StartTls or SslOnConnect, or set AllowClearText on a private network.");
        }

        if (options.Security == SmtpSecurity.None && options.Credentials is not null)
            yield return Problem(nameof(options.Credentials), "would be sent in clear text: set Security to StartTls or SslOnConnect, or remove them.");
        if (options.LocalDomain is { } domain && EhloName(domain) is null)
        {
            yield return Problem(
                nameof(options.LocalDomain), "must be a full domain name of letters, digits and hyphens, such as mail.example.com, or null for the sender's domain.");
        }

        if (options.MaxConnections is < 1 or > 100)
            yield return Problem(nameof(options.MaxConnections), "must be 1 to 100.");
        if (options.MessagesPerConnection is < 1 or > 10_000)
            yield return Problem(nameof(options.MessagesPerConnection), "must be 1 to 10,000.");
        if (!IsBetween(options.IdleTimeout, TimeSpan.FromMinutes(10)))
            yield return Problem(nameof(options.IdleTimeout), "must be 1 second to 10 minutes.");
        if (!IsBetween(options.ConnectTimeout, TimeSpan.FromMinutes(5)))
            yield return Problem(nameof(options.ConnectTimeout), "must be 1 second to 5 minutes.");
        if (!IsBetween(options.CommandTimeout, TimeSpan.FromMinutes(10)))
            yield return Problem(nameof(options.CommandTimeout), "must be 1 second to 10 minutes.");
    }

    private static bool IsBetween(TimeSpan value, TimeSpan maximum) => value >= TimeSpan.FromSeconds(1) && value <= maximum;

    private static string Problem(string property, string fix) => $"{property} {fix}";
}
