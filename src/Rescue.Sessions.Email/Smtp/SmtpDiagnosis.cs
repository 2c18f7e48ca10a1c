using System.Globalization;
using System.Net.Sockets;
using MailKit.Security;

namespace Rescue.Sessions.Email.Smtp;

/// <summary>
/// A failure in the words of whoever runs the service: which server, and what the system said. It goes into logs alone: the host's network is nothing that
/// the technicians of its tenants should read, and nothing that they could correct.
/// </summary>
internal static class SmtpDiagnosis
{
    private const int MaxLength = 500;

    public static string Describe(SmtpOptions options, SmtpPhase phase, Exception failure, bool isTimedOut, DispatchResult.NotSent result)
    {
        var server = ServerOf(options);
        var words = OneLine(failure switch
        {
            _ when isTimedOut && phase == SmtpPhase.Connect =>
                $"{server} took no connection within {Seconds(options.ConnectTimeout)} (Smtp.ConnectTimeout). Check Smtp.Port, and the firewalls on the way.",
            _ when isTimedOut => $"{server} did not answer in time ({phase}, {Seconds(options.CommandTimeout)}, Smtp.CommandTimeout). {SecurityHint(options, phase)}",
            SocketException error when phase == SmtpPhase.Connect => result.CanRetry
                ? $"{server} could not be reached: {error.Message} ({error.SocketErrorCode})."
                : $"{server} could not be reached: the name leads to no address to connect to. {error.Message} ({error.SocketErrorCode}). Check Smtp.Host, and this host's name servers.",
            SslHandshakeException { ServerCertificate: not null } error => $"{server}: {error.Message}",
            SslHandshakeException error =>
                $"{server}: encryption could not be set up (Smtp.Security is {options.Security}). {(error.InnerException ?? error).Message} {SecurityHint(options, phase)}",
            NotSupportedException when result.Cause == NotSentCause.TlsRefused =>
                $"{server} does not offer STARTTLS. Set Smtp.Security to SslOnConnect (port 465), or to None for a server on loopback.",
            IOException or SocketException => $"{server}: {result.Reason} {failure.Message}",

            // Other exceptions may repeat what was said, credentials among it.
            _ => $"{server}: {result.Reason}",
        });
        return words.Length > MaxLength ? words[..MaxLength] : words;
    }

    private static string ServerOf(SmtpOptions options)
    {
        var host = options.Host.Contains(':', StringComparison.Ordinal) ? $"[{options.Host.Trim('[', ']')}]" : options.Host;
        return string.Create(CultureInfo.InvariantCulture, $"{host}:{options.Port}");
    }

    // A port that is meant for the one and asked in the other is silent, or answers what is no TLS.
    private static string SecurityHint(SmtpOptions options, SmtpPhase phase) => (options.Security, phase) switch
    {
        (SmtpSecurity.SslOnConnect, SmtpPhase.Greeting) => "If it speaks STARTTLS (port 587), set Smtp.Security to StartTls.",
        (not SmtpSecurity.SslOnConnect, SmtpPhase.Greeting) => "If it is encrypted from the first byte (port 465), set Smtp.Security to SslOnConnect.",
        _ => "",
    };

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s");

    private static string OneLine(string words) => string.Join(' ', words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(word => word != "\u2022"));
}
