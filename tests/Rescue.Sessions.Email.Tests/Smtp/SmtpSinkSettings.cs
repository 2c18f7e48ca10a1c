using System.Security.Cryptography.X509Certificates;

namespace Rescue.Sessions.Email.Smtp;

/// <summary>What the sink offers, and where it misbehaves.</summary>
internal sealed record SmtpSinkSettings
{
    public SmtpSecurity Security { get; init; }

    public X509Certificate2 Certificate { get; init; } = SinkCertificate.Localhost;

    public IReadOnlyList<string> Extensions { get; init; } = ["PIPELINING", "8BITMIME", "ENHANCEDSTATUSCODES"];

    public string? Authentication { get; init; }

    /// <summary>The phase that goes wrong on every connection, or on those <see cref="FaultyConnections"/> names.</summary>
    public SmtpPhase? FaultyPhase { get; init; }

    public SmtpFault Fault { get; init; }

    public Func<int, bool> FaultyConnections { get; init; } = _ => true;

    /// <summary>Answers in place of the usual ones, by phase.</summary>
    public IReadOnlyDictionary<SmtpPhase, string> Answers { get; init; } = new Dictionary<SmtpPhase, string>();

    /// <summary>The clock of what drips.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What comes before every answer.</summary>
    public Action? Answering { get; init; }

    /// <summary>How many messages a connection takes before it goes wrong. At the end of a body, the one that just came counts.</summary>
    public int MessagesBeforeFault { get; init; }

    /// <summary>Ends the connection after the first octets of a body.</summary>
    public bool DropsInBody { get; init; }
}
