using System.Text;

namespace Rescue.Sessions.Email.Smtp;

public sealed class SmtpEncryptionTests
{
    private const string Password = "correct-horse-battery";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SmtpSecurity.StartTls)]
    [InlineData(SmtpSecurity.SslOnConnect)]
    public async Task DispatchAsync_CertificateNotTrusted_SaysNothing(SmtpSecurity security)
    {
        await using var sink = new SmtpSink(new SmtpSinkSettings { Security = security, Authentication = "PLAIN" });
        var options = sink.Options();
        options.TrustedRoots.Clear();
        options.Credentials = SmtpCredentials.FromPassword("user", Password);
        await using var dispatcher = new SmtpDispatcher(options);

        await ShouldBeRefused(dispatcher, sink);
    }

    [Theory]
    [InlineData(SmtpSecurity.StartTls)]
    [InlineData(SmtpSecurity.SslOnConnect)]
    public async Task DispatchAsync_CertificateOfAnotherName_SaysNothing(SmtpSecurity security)
    {
        await using var sink = new SmtpSink(new SmtpSinkSettings { Security = security, Certificate = SinkCertificate.OfAnotherName });
        await using var dispatcher = new SmtpDispatcher(sink.Options());

        await ShouldBeRefused(dispatcher, sink);
    }

    [Fact]
    public async Task DispatchAsync_AnotherAuthorityThanTrusted_SaysNothing()
    {
        await using var sink = new SmtpSink(new SmtpSinkSettings { Security = SmtpSecurity.SslOnConnect });
        var options = sink.Options();
        options.TrustedRoots.Clear();
        options.TrustedRoots.Add(SinkCertificate.OfAnotherName);
        await using var dispatcher = new SmtpDispatcher(options);

        await ShouldBeRefused(dispatcher, sink);
    }

    [Fact]
    public async Task DispatchAsync_Password_IsSentOnceEncrypted()
    {
        await using var sink = new SmtpSink(new SmtpSinkSettings { Security = SmtpSecurity.StartTls, Authentication = "PLAIN" });
        var options = sink.Options();
        options.Credentials = SmtpCredentials.FromPassword("user", Password);
        await using var dispatcher = new SmtpDispatcher(options);

        (await dispatcher.DispatchAsync(SampleMessage.Create(), Cancellation)).Should().BeOfType<DispatchResult.Accepted>();
        (await dispatcher.DispatchAsync(SampleMessage.Create(), Cancellation)).Should().BeOfType<DispatchResult.Accepted>();

        var expected = Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0user\0{Password}"));
        sink.Commands.Should().ContainSingle(c => c == $"AUTH PLAIN {expected}");
        Encoding.Latin1.GetString([.. sink.Sessions.Single().Clear]).Should().NotContain("AUTH");
    }

    [Fact]
    public async Task DispatchAsync_Refused_IsNotTakenForAnOpenConnection()
    {
        await using var sink = new SmtpSink(new SmtpSinkSettings
        {
            Security = SmtpSecurity.StartTls,
            Authentication = "PLAIN",
            FaultyPhase = SmtpPhase.Authenticate,
            Fault = SmtpFault.Permanent,
        });
        var options = sink.Options();
        options.Credentials = SmtpCredentials.FromPassword("user", Password);
        await using var dispatcher = new SmtpDispatcher(options);

        for (var i = 0; i < 2; i++)
        {
            (await dispatcher.DispatchAsync(SampleMessage.Create(), Cancellation)).Should().BeOfType<DispatchResult.NotSent>()
                .Which.Reason.Should().Contain("554").And.Subject.Should().NotContain(Password);
        }

        sink.Commands.Should().NotContain(c => c.StartsWith("MAIL", StringComparison.Ordinal));
        sink.Sessions.Should().HaveCount(2);
    }

    [Theory]
    [InlineData("454 4.7.0 later, ")]
    [InlineData("535 5.7.8 wrong: ")]
    public async Task DispatchAsync_ServerRepeatsTheCredentials_DoesNotRepeatThem(string answer)
    {
        await using var sink = new SmtpSink(new SmtpSinkSettings
        {
            Security = SmtpSecurity.StartTls,
            Authentication = "PLAIN",
            Answers = new Dictionary<SmtpPhase, string> { [SmtpPhase.Authenticate] = $"{answer}{Password}\r\n" },
        });
        var options = sink.Options();
        options.Credentials = SmtpCredentials.FromPassword("user", Password);
        await using var dispatcher = new SmtpDispatcher(options);

        var result = await dispatcher.DispatchAsync(SampleMessage.Create(), Cancellation);

        result.Should().Match(r => r is DispatchResult.Deferred || r is DispatchResult.NotSent);
        result.ToString().Should().Contain(answer[..3]).And.NotContain(Password);
    }

    [Theory]
    [InlineData("XOAUTH2", "user=me@example.com\u0001auth=Bearer the-token\u0001\u0001")]
    [InlineData("OAUTHBEARER", "Bearer the-token")]
    public async Task DispatchAsync_TokenProvider_SendsItsToken(string mechanism, string expected)
    {
        await using var sink = new SmtpSink(new SmtpSinkSettings { Security = SmtpSecurity.StartTls, Authentication = mechanism });
        var options = sink.Options();
        options.Credentials = SmtpCredentials.FromTokenProvider("me@example.com", _ => ValueTask.FromResult("the-token"));
        await using var dispatcher = new SmtpDispatcher(options);

        (await dispatcher.DispatchAsync(SampleMessage.Create(), Cancellation)).Should().BeOfType<DispatchResult.Accepted>();

        var sent = sink.Commands.Single(c => c.StartsWith($"AUTH {mechanism} ", StringComparison.Ordinal)).Split(' ')[2];
        Encoding.UTF8.GetString(Convert.FromBase64String(sent)).Should().Contain(expected);
    }

    [Fact]
    public async Task DispatchAsync_TokenProviderFails_WaitsForACorrectionAndTellsNoSecret()
    {
        await using var sink = new SmtpSink(new SmtpSinkSettings { Security = SmtpSecurity.StartTls, Authentication = "XOAUTH2" });
        var options = sink.Options();
        options.Credentials = SmtpCredentials.FromTokenProvider("me@example.com", _ => throw new InvalidOperationException("secret-client-id"));
        await using var dispatcher = new SmtpDispatcher(options);

        var result = await dispatcher.DispatchAsync(SampleMessage.Create(), Cancellation);

        result.Should().BeEquivalentTo(new { Cause = NotSentCause.AuthenticationFailed, Reason = "The token provider failed (InvalidOperationException).", CanRetry = false });
        result.ToString().Should().NotContain("secret-client-id");
    }

    [Fact]
    public async Task DispatchAsync_ServerOffersNoAuthentication_IsNotSent()
    {
        await using var sink = new SmtpSink(new SmtpSinkSettings { Security = SmtpSecurity.StartTls });
        var options = sink.Options();
        options.Credentials = SmtpCredentials.FromPassword("user", Password);
        await using var dispatcher = new SmtpDispatcher(options);

        var result = await dispatcher.DispatchAsync(SampleMessage.Create(), Cancellation);

        result.Should().BeOfType<DispatchResult.NotSent>().Which.Cause.Should().Be(NotSentCause.AuthenticationFailed);
        sink.Commands.Should().NotContain(c => c.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public void ToString_Credentials_AreMasked()
    {
        SmtpCredentials.FromPassword("user", Password).ToString().Should().Be("SmtpCredentials (password)");
        SmtpCredentials.FromTokenProvider("user", _ => ValueTask.FromResult("t")).ToString().Should().Be("SmtpCredentials (token provider)");
    }

    private static async Task ShouldBeRefused(SmtpDispatcher dispatcher, SmtpSink sink)
    {
        var result = await dispatcher.DispatchAsync(SampleMessage.Create(), Cancellation);

        result.Should().BeOfType<DispatchResult.NotSent>().Which.Should().BeEquivalentTo(
            new { Cause = NotSentCause.TlsRefused, CanRetry = false });
        sink.Commands.Select(c => c[..4]).Should().BeSubsetOf(["EHLO", "STAR", "QUIT"]);
    }
}
