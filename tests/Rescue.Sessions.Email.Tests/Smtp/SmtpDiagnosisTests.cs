using System.Net.Sockets;

namespace Rescue.Sessions.Email.Smtp;

public sealed class SmtpDiagnosisTests
{
    private const string Password = "correct-horse-battery";

    /// <summary>What is wrong, and what whoever runs the service must read of it beside the host and the port.</summary>
    public static TheoryData<string, string[]> Faults { get; } = new()
    {
        { "nobody listens", ["could not be reached", "ConnectionRefused"] },
        { "certificate of nobody's", ["self-signed"] },
        { "certificate of another name", ["mail.example.org", "did not match"] },
        { "no STARTTLS", ["does not offer STARTTLS", "Smtp.Security", "SslOnConnect"] },
        { "clear text where TLS is meant", ["Smtp.Security is SslOnConnect", "StartTls"] },
        { "password refused", ["refused the credentials", "554 5.7.1"] },
        { "no authentication offered", ["no authentication"] },
        { "hangs up", ["connection"] },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task DispatchAsync_ServerCannotBeUsed_DiagnosisNamesServerAndFault_AndReasonNoServer(string fault, string[] told)
    {
        await using var sink = new SmtpSink(SettingsOf(fault), isOpen: fault != "nobody listens");
        var options = sink.Options();
        if (fault == "certificate of nobody's")
            options.TrustedRoots.Clear();
        if (fault is "clear text where TLS is meant")
            options.Security = SmtpSecurity.SslOnConnect;
        if (fault is "no STARTTLS")
            options.Security = SmtpSecurity.StartTls;
        if (fault.Contains("password", StringComparison.Ordinal) || fault.Contains("authentication", StringComparison.Ordinal))
            options.Credentials = SmtpCredentials.FromPassword("user", Password);
        await using var dispatcher = new SmtpDispatcher(options);

        var result = (await dispatcher.DispatchAsync(SampleMessage.Create(), TestContext.Current.CancellationToken)).Should().BeOfType<DispatchResult.NotSent>().Subject;

        result.Diagnosis.Should().Contain($"localhost:{options.Port}").And.ContainAll(told).And.NotContain("\n").And.NotContain(Password);
        result.Reason.Should().NotBeEmpty().And.NotContainAny("localhost", $"{options.Port}", "Smtp.", Password);
    }

    [Theory]
    [InlineData("mail.example.com", SocketError.HostNotFound, "mail.example.com:587", "no address")]
    [InlineData("mail.example.com", SocketError.TryAgain, "mail.example.com:587", "TryAgain")]
    [InlineData("2001:db8::7", SocketError.HostUnreachable, "[2001:db8::7]:587", "HostUnreachable")]
    [InlineData("[2001:db8::7]", SocketError.NetworkUnreachable, "[2001:db8::7]:587", "NetworkUnreachable")]
    public void Describe_NoConnection_NamesServerAndSystemsError(string host, SocketError error, params string[] told)
    {
        DispatchResult.NotSent result = new(NotSentCause.CouldNotConnect, "", CanRetry: error != SocketError.HostNotFound);

        SmtpDiagnosis.Describe(new() { Host = host }, SmtpPhase.Connect, new SocketException((int)error), isTimedOut: false, result).Should().ContainAll(told);
    }

    [Fact]
    public void Describe_NoConnectionInTime_NamesServerAndTheTimeOut() =>
        SmtpDiagnosis.Describe(
            new() { Host = "mail.example.com", Port = 25 },
            SmtpPhase.Connect,
            new OperationCanceledException(),
            isTimedOut: true,
            new(NotSentCause.TimedOut, "", CanRetry: true)).Should().ContainAll("mail.example.com:25", "15 s", "Smtp.ConnectTimeout");

    [Theory]
    [InlineData(SmtpSecurity.StartTls, "Greeting", "SslOnConnect")]
    [InlineData(SmtpSecurity.SslOnConnect, "Greeting", "StartTls")]
    [InlineData(SmtpSecurity.StartTls, "Authenticate", "Authenticate")]
    public void Describe_NoAnswerInTime_NamesServerAndTheTimeOutAndWhatMayBeWrong(SmtpSecurity security, string phase, string told) =>
        SmtpDiagnosis.Describe(
            new() { Host = "mail.example.com", Security = security }, Enum.Parse<SmtpPhase>(phase), new OperationCanceledException(), isTimedOut: true, new(NotSentCause.TimedOut, "", CanRetry: true))
            .Should().ContainAll("mail.example.com:587", "120 s", "Smtp.CommandTimeout", told);

    private static SmtpSinkSettings SettingsOf(string fault) => fault switch
    {
        "certificate of nobody's" => new() { Security = SmtpSecurity.StartTls },
        "certificate of another name" => new() { Security = SmtpSecurity.SslOnConnect, Certificate = SinkCertificate.OfAnotherName },
        "password refused" => new() { Security = SmtpSecurity.StartTls, Authentication = "PLAIN", FaultyPhase = SmtpPhase.Authenticate, Fault = SmtpFault.Permanent },
        "no authentication offered" => new() { Security = SmtpSecurity.StartTls },
        "hangs up" => new() { FaultyPhase = SmtpPhase.Ehlo, Fault = SmtpFault.Drop },
        _ => new(),
    };
}
