using Microsoft.Extensions.Time.Testing;

namespace Rescue.Sessions.Email.Smtp;

/// <summary>Nine phases by sixteen faults: each has exactly one true outcome.</summary>
public sealed class SmtpFaultTests
{
    private const string Password = "correct-horse-battery";
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    public static TheoryData<string, SmtpFault> Matrix { get; } = CreateMatrix();

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task DispatchAsync_Fault_IsClassifiedByItsPhase(string phaseName, SmtpFault fault)
    {
        var phase = Enum.Parse<SmtpPhase>(phaseName);
        await using var sink = new SmtpSink(new SmtpSinkSettings
        {
            Security = phase == SmtpPhase.Connect ? SmtpSecurity.SslOnConnect : SmtpSecurity.StartTls,
            Authentication = "PLAIN",
            FaultyPhase = phase,
            Fault = fault,
            Time = time,
        });
        var options = sink.Options();
        options.Credentials = SmtpCredentials.FromPassword("user", Password);
        await using var dispatcher = new SmtpDispatcher(options, time);

        var result = await DispatchAsync(dispatcher, sink, hangs: Hangs(phase, fault));

        Describe(result).Should().Be(Expected(phase, fault), "that is what {0} means", result);
        IsMessageKnown(result).Should().Be(phase >= SmtpPhase.Mail, "what is not about the message does not count as an attempt");
        sink.Sessions.Should().ContainSingle("the caller decides about another attempt");
        sink.Commands.Count(c => c == "DATA").Should().BeLessThanOrEqualTo(1);
        ShouldKeepSecrets(result, sink);
    }

    private async Task<DispatchResult> DispatchAsync(SmtpDispatcher dispatcher, SmtpSink sink, bool hangs)
    {
        var dispatch = dispatcher.DispatchAsync(SampleMessage.Create(), TestContext.Current.CancellationToken);
        if (!hangs)
            return await dispatch;

        await Task.WhenAny(sink.Faulted, dispatch);
        await time.PassUntilAsync(TimeSpan.FromSeconds(10), () => dispatch.IsCompleted);
        return await dispatch;
    }

    // Of what else there may be, it decides nothing.
    private static bool IsMessageKnown(DispatchResult result) => result switch
    {
        DispatchResult.Deferred deferred => deferred.IsMessageKnown,
        DispatchResult.NotSent { CanRetry: true } notSent => notSent.IsMessageKnown,
        DispatchResult.NotSent => false,
        _ => true,
    };

    /// <summary>Before encryption even half an answer is enough to see that this is not TLS.</summary>
    private static bool Hangs(SmtpPhase phase, SmtpFault fault) =>
        fault == SmtpFault.Hang || (phase != SmtpPhase.Connect && fault is (SmtpFault.HalfThenHang or SmtpFault.Drip));

    private static string Describe(DispatchResult result) => result switch
    {
        DispatchResult.Accepted { Response: "2.0.0 Ok: queued as Q1" } => "accepted",
        DispatchResult.Rejected { Code: 554, EnhancedStatus: "5.7.1", Reason: "refused" } => "rejected",
        DispatchResult.Deferred { Code: 451, EnhancedStatus: "4.7.1", RetryAfter.TotalSeconds: 300 } => "deferred",
        DispatchResult.Deferred { Code: 421, EnhancedStatus: "4.3.2" } => "deferred",
        DispatchResult.NotSent { Cause: NotSentCause.TlsRefused, CanRetry: false } => "no tls",
        DispatchResult.NotSent { Cause: NotSentCause.AuthenticationFailed, CanRetry: false } => "no credentials",
        DispatchResult.NotSent { Cause: NotSentCause.ServiceRefused, CanRetry: false, Code: 554, EnhancedStatus: "5.7.1" } => "no service",
        DispatchResult.NotSent { Cause: NotSentCause.TimedOut, CanRetry: true } => "timed out",
        DispatchResult.NotSent { Cause: NotSentCause.ConnectionLost, CanRetry: true } => "lost",

        // A reset at once may already hit the connecting itself.
        DispatchResult.NotSent { Cause: NotSentCause.CouldNotConnect, CanRetry: true } lost when lost.Diagnosis!.Contains("ConnectionReset", StringComparison.Ordinal) => "lost",
        DispatchResult.Unknown => "unknown",
        _ => $"unclassified: {result}",
    };

    private static string Expected(SmtpPhase phase, SmtpFault fault) => (phase, fault) switch
    {
        (SmtpPhase.Connect, SmtpFault.Hang) => "timed out",
        (SmtpPhase.Connect, SmtpFault.Drop or SmtpFault.Reset or SmtpFault.HalfThenDrop) => "lost",
        (SmtpPhase.Connect, _) => "no tls",
        (SmtpPhase.Authenticate, SmtpFault.Transient) => "deferred",
        (_, SmtpFault.Transient or SmtpFault.Closing) => "deferred",
        (SmtpPhase.StartTls, SmtpFault.Permanent or SmtpFault.PermanentThenDrop) => "no tls",
        (SmtpPhase.Authenticate, SmtpFault.Permanent or SmtpFault.PermanentThenDrop) => "no credentials",
        (SmtpPhase.Greeting or SmtpPhase.Ehlo, SmtpFault.Permanent or SmtpFault.PermanentThenDrop) => "no service",
        (_, SmtpFault.Permanent or SmtpFault.PermanentThenDrop) => "rejected",
        (SmtpPhase.EndOfBody, SmtpFault.Injected) => "accepted",
        (SmtpPhase.EndOfBody, _) => "unknown",
        (_, SmtpFault.Hang or SmtpFault.HalfThenHang or SmtpFault.Drip) => "timed out",
        (SmtpPhase.Greeting or SmtpPhase.Ehlo, SmtpFault.TlsStripped) => "no tls",
        (SmtpPhase.Authenticate, SmtpFault.OutOfPlace) => "no credentials",
        _ => "lost",
    };

    private static void ShouldKeepSecrets(DispatchResult result, SmtpSink sink)
    {
        result.ToString().Should().NotContainAny("customer", "support@", "012345", "3q2-7w", "Bonjour", Password);
        var clear = System.Text.Encoding.Latin1.GetString([.. sink.Sessions.Single().Clear]);
        clear.Should().NotContainAny("AUTH", "MAIL", "RCPT", Password);
    }

    private static TheoryData<string, SmtpFault> CreateMatrix()
    {
        var matrix = new TheoryData<string, SmtpFault>();
        foreach (var phase in Enum.GetValues<SmtpPhase>().Except([SmtpPhase.Housekeeping]))
        {
            foreach (var fault in Enum.GetValues<SmtpFault>())
                matrix.Add(phase.ToString(), fault);
        }

        return matrix;
    }
}
