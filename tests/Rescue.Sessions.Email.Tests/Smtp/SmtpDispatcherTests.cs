using Rescue.Sessions.Invitations;
using System.Text;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Rescue.Sessions.Email.Mime;

namespace Rescue.Sessions.Email.Smtp;

public sealed class SmtpDispatcherTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SmtpSecurity.None)]
    [InlineData(SmtpSecurity.StartTls)]
    [InlineData(SmtpSecurity.SslOnConnect)]
    public async Task DispatchAsync_Message_ArrivesOctetForOctet(SmtpSecurity security)
    {
        await using var sink = new SmtpSink(new SmtpSinkSettings { Security = security });
        await using var dispatcher = new SmtpDispatcher(sink.Options());
        var message = SampleMessage.Create();

        var result = await dispatcher.DispatchAsync(message, Cancellation);

        result.Should().Be(new DispatchResult.Accepted("2.0.0 Ok: queued as Q1"));
        sink.Messages.Should().ContainSingle().Which.Should().Equal(Wire.Of(message));
        sink.Commands.Where(IsEnvelope).Should().Equal("MAIL FROM:<support@example.com>", "RCPT TO:<customer@example.net>", "DATA");
        sink.Sessions.Single().LoneLineEnds.Should().Be(0);
        dispatcher.Delivery.Should().Be(EmailDelivery.OnMyBehalf);
    }

    [Fact]
    public async Task DispatchAsync_WithoutPipelining_SendsTheSame()
    {
        await using var sink = new SmtpSink(new SmtpSinkSettings { Extensions = [] });
        await using var dispatcher = new SmtpDispatcher(sink.Options());

        (await dispatcher.DispatchAsync(SampleMessage.Create(), Cancellation)).Should().BeOfType<DispatchResult.Accepted>();

        sink.Messages.Should().ContainSingle().Which.Should().Equal(Wire.Of(SampleMessage.Create()));
    }

    [Fact]
    public async Task DispatchAsync_LinesOfDots_ArriveAsTheyAre()
    {
        await using var sink = new SmtpSink();
        await using var dispatcher = new SmtpDispatcher(sink.Options());
        var message = SampleMessage.Create() with { Text = ".\n..\n.a\n\n.\nend", Html = null };

        await dispatcher.DispatchAsync(message, Cancellation);

        sink.Messages.Should().ContainSingle();
        using var read = Wire.Read(sink.Messages.Single());
        read.TextBody!.Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd('\n').Should().Be(message.Text);
    }

    [Fact]
    public async Task DispatchAsync_HostileMessages_AreOneMailOneRecipientOneBodyEach()
    {
        await using var sink = new SmtpSink(new SmtpSinkSettings { Extensions = ["PIPELINING", "8BITMIME", "SMTPUTF8"] });
        await using var dispatcher = new SmtpDispatcher(sink.Options());
        var sent = 0;

        await Gen.Select(Hostile.Line, Hostile.Line, Hostile.Body, Hostile.Mailbox).SampleAsync(
            async (subject, name, text, to) =>
            {
                var message = SampleMessage.Create() with
                {
                    Subject = subject,
                    From = SampleMessage.Create().From.WithDisplayName(name),
                    Text = text,
                    To = to,
                };
                var result = await dispatcher.DispatchAsync(message, Cancellation);
                result.Should().BeOfType<DispatchResult.Accepted>();
                Interlocked.Increment(ref sent);
            },
            iter: 2_000);

        var envelopes = sink.Commands.Where(IsEnvelope).GroupBy(c => c[..4]).ToDictionary(g => g.Key, g => g.Count());
        envelopes.Should().Equal(new Dictionary<string, int> { ["MAIL"] = sent, ["RCPT"] = sent, ["DATA"] = sent });
        sink.Messages.Should().HaveCount(sent);
        sink.Sessions.Sum(s => s.LoneLineEnds).Should().Be(0);
        foreach (var message in sink.Messages)
            Wire.Check(message, allowUtf8Headers: true);
    }

    [Fact]
    public async Task DispatchAsync_LostInsideTheBody_IsUnknown()
    {
        await using var sink = new SmtpSink(new SmtpSinkSettings { DropsInBody = true });
        await using var dispatcher = new SmtpDispatcher(sink.Options());

        var result = await dispatcher.DispatchAsync(SampleMessage.Create() with { Text = new string('x', 200_000) }, Cancellation);

        result.Should().BeOfType<DispatchResult.Unknown>();
        sink.Sessions.Should().ContainSingle("an unknown outcome is never tried again here");
    }

    [Fact]
    public async Task DispatchAsync_SenderRefusedForNow_IsNotTakenForWhatFollowsFromIt()
    {
        await using var sink = new SmtpSink(new SmtpSinkSettings
        {
            Answers = new Dictionary<SmtpPhase, string>
            {
                [SmtpPhase.Mail] = "452 4.3.1 full\r\n",
                [SmtpPhase.Recipient] = "503 5.5.1 MAIL first\r\n",
            },
        });
        await using var dispatcher = new SmtpDispatcher(sink.Options());

        var result = await dispatcher.DispatchAsync(SampleMessage.Create(), Cancellation);

        result.Should().Be(new DispatchResult.Deferred(452, "4.3.1", "full", RetryAfter: null));
    }

    [Fact]
    public async Task DispatchAsync_ServerIsSlowButAnswers_IsGivenItsTimeForEachAnswer()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
        // Time passes while the server has the word, and nowhere else.
        await using var sink = new SmtpSink(new SmtpSinkSettings { Extensions = [], Answering = () => time.Advance(TimeSpan.FromSeconds(40)) });
        var options = sink.Options();
        options.ConnectTimeout = TimeSpan.FromSeconds(100);
        options.CommandTimeout = TimeSpan.FromSeconds(100);
        await using var dispatcher = new SmtpDispatcher(options, time);

        (await dispatcher.DispatchAsync(SampleMessage.Create(), Cancellation)).Should().BeOfType<DispatchResult.Accepted>();
    }

    [Fact]
    public async Task DispatchAsync_RefusalThatQuotesTheMessage_IsMasked()
    {
        await using var sink = new SmtpSink(new SmtpSinkSettings
        {
            Answers = new Dictionary<SmtpPhase, string>
            {
                [SmtpPhase.EndOfBody] =
                    $"550-5.7.1 <customer@example.net> blocked:\r\n550 5.7.1 Ouvrez ce lien pour commencer {SampleMessage.Link} spam policy\r\n",
            },
        });
        await using var dispatcher = new SmtpDispatcher(sink.Options());

        var result = await dispatcher.DispatchAsync(SampleMessage.Create(), Cancellation);

        result.Should().Be(new DispatchResult.Rejected(550, "5.7.1", "*** blocked: 5.7.1 *** *** *** *** *** *** spam policy"));
    }

    [Fact]
    public async Task DispatchAsync_InternationalAddress_UsesSmtpUtf8()
    {
        await using var sink = new SmtpSink(new SmtpSinkSettings { Extensions = ["8BITMIME", "SMTPUTF8"] });
        await using var dispatcher = new SmtpDispatcher(sink.Options());
        var message = SampleMessage.Create() with { To = EmailAddress.Parse("josé@bücher.example") };

        (await dispatcher.DispatchAsync(message, Cancellation)).Should().BeOfType<DispatchResult.Accepted>();

        sink.Commands.Should().Contain(c => c.StartsWith("MAIL FROM:<support@example.com>", StringComparison.Ordinal) && c.Contains("SMTPUTF8", StringComparison.Ordinal))
            .And.Contain(c => c.StartsWith("RCPT TO:<josé@", StringComparison.Ordinal));
        sink.Messages.Should().ContainSingle().Which.Should().Equal(Wire.Of(message));
    }

    [Theory]
    [InlineData("ana@bücher.example", "RCPT TO:<ana@xn--bcher-kva.example>", false)]
    [InlineData("josé@bücher.example", "RCPT TO:<josé@XN--bcher-kva.example>", true)]
    [InlineData("josé@例え.テスト.example", "RCPT TO:<josé@XN--r8jz45g.XN--zckzah.example>", true)]
    [InlineData("josé@example.com", "RCPT TO:<josé@example.com>", true)]
    [InlineData("ana@example.com", "RCPT TO:<ana@example.com>", false)]
    public async Task DispatchAsync_ServerHasSmtpUtf8_DomainIsAsciiAndTheExtensionIsForLocalPartsAlone(string to, string command, bool isInternational)
    {
        await using var sink = new SmtpSink(new SmtpSinkSettings { Extensions = ["PIPELINING", "8BITMIME", "SMTPUTF8"] });
        await using var dispatcher = new SmtpDispatcher(sink.Options());
        var message = SampleMessage.Create() with { To = EmailAddress.Parse(to) };

        (await dispatcher.DispatchAsync(message, Cancellation)).Should().BeOfType<DispatchResult.Accepted>();

        sink.Commands.Should().Contain(command);
        sink.Commands.Any(c => c.StartsWith("MAIL", StringComparison.Ordinal) && c.Contains("SMTPUTF8", StringComparison.Ordinal)).Should().Be(isInternational);
        sink.Messages.Should().ContainSingle().Which.Should().Equal(Wire.Of(message));
        System.Text.Encoding.UTF8.GetString(sink.Messages.Single()).Should().NotContain("bücher");
    }

    [Fact]
    public async Task DispatchAsync_PlainAndInternationalByTurns_AllArrive()
    {
        await using var sink = new SmtpSink(new SmtpSinkSettings { Extensions = ["8BITMIME", "SMTPUTF8"] });
        await using var dispatcher = new SmtpDispatcher(sink.Options());

        foreach (var to in (string[])["ana@bücher.example", "josé@bücher.example", "ana@example.com", "josé@example.com"])
            (await dispatcher.DispatchAsync(SampleMessage.Create() with { To = EmailAddress.Parse(to) }, Cancellation)).Should().BeOfType<DispatchResult.Accepted>();

        sink.Messages.Should().HaveCount(4);
    }

    [Fact]
    public async Task DispatchAsync_TechniciansAddressIsInternational_ReachesAPlainCustomerAnywhere()
    {
        await using var sink = new SmtpSink();
        await using var dispatcher = new SmtpDispatcher(sink.Options());
        var message = SampleMessage.Create() with { ReplyTo = EmailAddress.Parse("jörg@example.com") };

        (await dispatcher.DispatchAsync(message, Cancellation)).Should().BeOfType<DispatchResult.Accepted>();

        using var read = Wire.Read(sink.Messages.Single());
        read.ReplyTo.Count.Should().Be(0);
    }

    [Theory]
    [InlineData(null, "EHLO example.com")]
    [InlineData("mail.example.org", "EHLO mail.example.org")]
    [InlineData("mail.Bücher.example", "EHLO mail.xn--bcher-kva.example")]
    [InlineData("[192.0.2.1]", "EHLO [192.0.2.1]")]
    public async Task DispatchAsync_Ehlo_IsAFullName(string? localDomain, string command)
    {
        await using var sink = new SmtpSink();
        var options = sink.Options();
        options.LocalDomain = localDomain;
        await using var dispatcher = new SmtpDispatcher(options);

        await dispatcher.DispatchAsync(SampleMessage.Create(), Cancellation);

        sink.Commands.Should().Contain(command);
    }

    [Fact]
    public async Task DispatchAsync_HostIsUnknown_WaitsForACorrection()
    {
        await using var dispatcher = new SmtpDispatcher(new SmtpOptions { Host = "mail.invalid", Security = SmtpSecurity.StartTls, ConnectTimeout = TimeSpan.FromMinutes(1) });

        (await dispatcher.DispatchAsync(SampleMessage.Create(), Cancellation)).Should().BeOfType<DispatchResult.NotSent>().Which.Cause
            .Should().Be(NotSentCause.CouldNotConnect);
    }

    [Theory]
    [InlineData("Mail", "530 5.7.0 Authentication required", NotSentCause.AuthenticationFailed, "5.7.0")]
    [InlineData("Mail", "530 5.7.57 Client not authenticated to send mail", NotSentCause.AuthenticationFailed, "5.7.57")]
    [InlineData("Recipient", "535 5.7.8 no", NotSentCause.AuthenticationFailed, "5.7.8")]
    [InlineData("Data", "530 5.7.0 Authentication required", NotSentCause.AuthenticationFailed, "5.7.0")]
    [InlineData("Mail", "534 5.7.9 too weak", NotSentCause.AuthenticationFailed, "5.7.9")]
    [InlineData("Mail", "554 5.7.10 encrypt first", NotSentCause.TlsRefused, "5.7.10")]
    [InlineData("EndOfBody", "554 5.2.252 SendAsDenied; support@example.com not allowed to send as", NotSentCause.SenderRefused, "5.2.252")]
    [InlineData("EndOfBody", "550 5.7.60 SMTP; Client does not have permissions to send as this sender", NotSentCause.SenderRefused, "5.7.60")]
    [InlineData("Mail", "553 5.1.8 sender domain unknown", NotSentCause.SenderRefused, "5.1.8")]
    [InlineData("Greeting", "554 no service here", NotSentCause.ServiceRefused, null)]
    public async Task DispatchAsync_SettingIsWrong_IsNotTheMessagesFault(string phase, string answer, NotSentCause cause, string? enhanced)
    {
        await using var sink = new SmtpSink(new SmtpSinkSettings { Answers = new Dictionary<SmtpPhase, string> { [Enum.Parse<SmtpPhase>(phase)] = answer + "\r\n" } });
        await using var dispatcher = new SmtpDispatcher(sink.Options());

        var result = (await dispatcher.DispatchAsync(SampleMessage.Create(), Cancellation)).Should().BeOfType<DispatchResult.NotSent>().Subject;

        (result.Cause, result.CanRetry, result.Code, result.EnhancedStatus).Should().Be((cause, false, int.Parse(answer[..3], null), enhanced));
        result.Reason.Should().Contain(answer[..3]).And.NotContain("support@");
    }

    [Theory]
    [InlineData("Recipient", "550 5.1.1 no such user")]
    [InlineData("Recipient", "550 5.7.1 relaying denied")]
    [InlineData("Recipient", "552 5.2.2 mailbox full")]
    [InlineData("EndOfBody", "554 5.7.1 spam")]
    [InlineData("EndOfBody", "554 5.7.9 Message not accepted for policy reasons")]
    [InlineData("EndOfBody", "550 5.7.14 not accepted")]
    [InlineData("EndOfBody", "554 5.7.10 not accepted")]
    [InlineData("EndOfBody", "535 5.7.8 not accepted")]
    [InlineData("Mail", "552 5.3.4 too big")]
    public async Task DispatchAsync_MessageIsRefused_IsRejected(string phase, string answer)
    {
        await using var sink = new SmtpSink(new SmtpSinkSettings { Answers = new Dictionary<SmtpPhase, string> { [Enum.Parse<SmtpPhase>(phase)] = answer + "\r\n" } });
        await using var dispatcher = new SmtpDispatcher(sink.Options());

        (await dispatcher.DispatchAsync(SampleMessage.Create(), Cancellation)).Should().BeOfType<DispatchResult.Rejected>();
    }

    [Fact]
    public async Task DispatchAsync_InternationalAddressWithoutSmtpUtf8_IsRejectedBeforeMail()
    {
        await using var sink = new SmtpSink();
        await using var dispatcher = new SmtpDispatcher(sink.Options());

        var refused = await dispatcher.DispatchAsync(SampleMessage.Create() with { To = EmailAddress.Parse("josé@example.com") }, Cancellation);
        var domain = await dispatcher.DispatchAsync(SampleMessage.Create() with { To = EmailAddress.Parse("ana@bücher.example") }, Cancellation);

        refused.Should().BeOfType<DispatchResult.Rejected>().Which.EnhancedStatus.Should().Be("5.6.7");
        domain.Should().BeOfType<DispatchResult.Accepted>("a domain has an ASCII form");
        sink.Commands.Where(IsEnvelope).Should().HaveCount(3).And.Contain("RCPT TO:<ana@xn--bcher-kva.example>");
        sink.Sessions.Should().ContainSingle();
    }

    [Fact]
    public async Task DispatchAsync_NobodyListens_IsNotSent()
    {
        await using var sink = new SmtpSink(isOpen: false);
        await using var dispatcher = new SmtpDispatcher(new SmtpOptions { Host = "127.0.0.1", Port = sink.Port, Security = SmtpSecurity.None });

        var result = await dispatcher.DispatchAsync(SampleMessage.Create(), Cancellation);

        result.Should().BeOfType<DispatchResult.NotSent>().Which.Should().BeEquivalentTo(
            new { Cause = NotSentCause.CouldNotConnect, CanRetry = true });
    }

    [Fact]
    public void Constructor_WrongOption_NamesThePropertyAndTheFix()
    {
        var create = () => new SmtpDispatcher(new SmtpOptions { Host = "smtp.example.com", Security = SmtpSecurity.None });

        create.Should().Throw<ArgumentException>().WithMessage("Smtp.Security*AllowClearText*");
    }

    private static bool IsEnvelope(string command) =>
        command.StartsWith("MAIL", StringComparison.Ordinal) || command.StartsWith("RCPT", StringComparison.Ordinal) || command == "DATA";
}
