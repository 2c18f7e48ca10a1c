using System.Text;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Email.Smtp;
using Rescue.Sessions.Email.Storage;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Outbox;

namespace Rescue.Sessions.Email.Dkim;

/// <summary>Signatures as a mail server receives them.</summary>
public sealed class DkimSignatureTests
{
    private static readonly TestKey Rsa = TestKey.Rsa();
    private static readonly TestKey Ed25519 = TestKey.Ed25519();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Dispatch_RsaAndEd25519_BothSignTheWholeMessage()
    {
        var wire = (await ReceivedAsync([SampleMessage.Create()], Rsa.As("example.com", "r1"), Ed25519.As("example.com", "e1"))).Single();

        var signatures = DkimVerifier.Signatures(wire);
        signatures.Select(tags => tags["a"]).Should().BeEquivalentTo("rsa-sha256", "ed25519-sha256");
        foreach (var (tags, i) in signatures.Select((tags, i) => (tags, i)))
        {
            tags["d"].Should().Be("example.com");
            tags["c"].Should().Be("relaxed/relaxed");
            tags["t"].Should().Be(SampleMessage.Create().Date.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture));
            var names = tags["h"].ToLowerInvariant().Split(':');
            foreach (var name in (string[])["from", "reply-to", "to", "subject", "date", "message-id", "mime-version", "content-type"])
                names.Count(other => other == name).Should().Be(2, $"another {name} must not be added on the way");
            DkimVerifier.Verify(wire, i, KeyOf(tags["s"])).Should().BeTrue();
        }
    }

    [Fact]
    public async Task Dispatch_SignedMessage_IsVerifiedByAnotherProgram()
    {
        DkimPython.Require();
        var messages = (EmailMessage[])
        [
            SampleMessage.Create(),
            SampleMessage.Create() with { Html = null, ReplyTo = null, Text = "one  \n\n\n", Subject = "a  b" },
            SampleMessage.Create() with { To = EmailAddress.Parse("josé@example.net") },
            SampleMessage.CreateWith(Pictures.Logo(length: 40_000)),
        ];

        var received = await ReceivedAsync(messages, Rsa.As("example.com", "r1"), Ed25519.As("example.com", "e1"));

        received.Should().HaveCount(messages.Length);
        (string, string)[] dns =
        [
            ("r1._domainkey.example.com", $"v=DKIM1; k=rsa; p={Convert.ToBase64String(Rsa.Public)}"),
            ("e1._domainkey.example.com", $"v=DKIM1; k=ed25519; p={Convert.ToBase64String(Ed25519.Public)}"),
        ];
        foreach (var wire in received)
        {
            (await DkimPython.VerifyAsync(wire, dns, Cancellation)).Should().Equal("True", "True");
            (await DkimPython.VerifyAsync(Replace(wire, "Bonjour", "Bonsoir", "one", "two"), dns, Cancellation)).Should().Equal("False", "False");
        }
    }

    [Fact]
    public async Task Dispatch_AnyMessage_IsVerified()
    {
        await using var sink = new SmtpSink(new SmtpSinkSettings { Extensions = ["PIPELINING", "8BITMIME", "SMTPUTF8"] });
        await using var services = Services(sink, Rsa.As("example.com", "r1"));
        var dispatcher = services.GetServices<IEmailDispatcher>().OfType<SmtpServers>().Single();

        await Gen.Select(Hostile.Line, Hostile.Body, Hostile.Mailbox).SampleAsync(
            async (subject, text, to) =>
            {
                var message = SampleMessage.Create() with { Subject = subject, Text = text, To = to };
                return await dispatcher.DispatchAsync(message, Cancellation) is DispatchResult.Accepted;
            },
            iter: 300);

        sink.Messages.Should().HaveCountGreaterThanOrEqualTo(300).And.OnlyContain(wire => DkimVerifier.Verify(wire, 0, Rsa.Public));
    }

    [Theory]
    [InlineData("Subject: ", "Subject: Re: ")]
    [InlineData("To: ", "To: eve@example.org\r\nTo: ")]
    [InlineData("Reply-To: ", "X-Reply-To: ")]
    [InlineData("MIME-Version: 1.0\r\n", "MIME-Version: 1.0\r\nSubject: another\r\n")]
    public async Task Dispatch_MessageIsChangedOnTheWay_IsNotVerified(string before, string after)
    {
        var wire = (await ReceivedAsync([SampleMessage.Create()], Rsa.As("example.com", "r1"))).Single();

        DkimVerifier.Verify(wire, 0, Rsa.Public).Should().BeTrue();
        DkimVerifier.Verify(Replace(wire, $"\r\n{before}", $"\r\n{after}"), 0, Rsa.Public).Should().BeFalse();
        DkimVerifier.Verify(wire, 0, TestKey.Rsa().Public).Should().BeFalse();
    }

    [Theory]
    [InlineData("support@example.com", "example.com", "example.com")]
    [InlineData("support@mail.example.com", "example.com", "example.com")]
    [InlineData("support@mail.example.com", "example.com mail.example.com", "mail.example.com")]
    [InlineData("support@bücher.example", "xn--bcher-kva.example", "xn--bcher-kva.example")]
    [InlineData("support@notexample.com", "example.com", null)]
    [InlineData("support@example.com", "mail.example.com", null)]
    public async Task Dispatch_Sender_IsSignedByTheNearestDomainThatIsTheirs(string sender, string domains, string? signs)
    {
        var message = SampleMessage.Create() with { From = EmailAddress.Parse(sender) };

        var wire = (await ReceivedAsync([message], [.. domains.Split(' ').Select(domain => Rsa.As(domain, "r1"))])).Single();

        DkimVerifier.Signatures(wire).Select(tags => tags["d"]).Should().Equal(signs is null ? [] : [signs]);
    }

    [Fact]
    public async Task Outbox_AnswerWasLostAndTheKeyHasChanged_RepeatsTheSameBytes()
    {
        await using var lost = new SmtpSink(new SmtpSinkSettings { FaultyPhase = SmtpPhase.EndOfBody, Fault = SmtpFault.Drop });
        await using var found = new SmtpSink();
        var old = Rsa.As("example.com", "old");
        await using var before = Services(lost, old);
        await using var after = Services(found, TestKey.Rsa().As("example.com", "new"), old);
        var stored = EmailMessageJson.ToUtf8Bytes(SampleMessage.Create() with { DkimSelectors = "old" });

        (await SendAsync(before, stored)).Should().BeOfType<OutboxOutcome.Unknown>();
        (await SendAsync(after, stored)).Should().BeOfType<OutboxOutcome.Accepted>();

        found.Messages.Single().Should().Equal(lost.Messages.Single());
    }

    [Fact]
    public async Task Outbox_KeyThatWasMeantIsGone_SignsWithTheCurrentOne()
    {
        await using var sink = new SmtpSink();
        await using var services = Services(sink, Rsa.As("example.com", "new"));

        await SendAsync(services, EmailMessageJson.ToUtf8Bytes(SampleMessage.Create() with { DkimSelectors = "old" }));

        DkimVerifier.Signatures(sink.Messages.Single()).Single()["s"].Should().Be("new");
    }

    [Fact]
    public async Task Invite_Message_RemembersTheFirstKeyOfEachAlgorithm()
    {
        await using var sink = new SmtpSink();
        await using var services = Services(
            sink, Rsa.As("example.com", "r2"), TestKey.Rsa().As("example.com", "r1"), Ed25519.As("example.com", "e1"), TestKey.Rsa().As("example.org", "x"));

        services.GetRequiredService<DkimSignatures>().SelectorsFor(EmailAddress.Parse("support@example.com")).Should().Be("r2 e1");
    }

    private static byte[] KeyOf(string selector) => selector == "r1" ? Rsa.Public : Ed25519.Public;

    private static byte[] Replace(byte[] wire, params string[] pairs)
    {
        var text = Encoding.Latin1.GetString(wire);
        for (var i = 0; i < pairs.Length; i += 2)
            text = text.Replace(pairs[i], pairs[i + 1], StringComparison.Ordinal);
        return Encoding.Latin1.GetBytes(text);
    }

    private static Task<OutboxOutcome> SendAsync(IServiceProvider services, byte[] stored) =>
        services.GetServices<OutboxHandler>().OfType<EmailOutboxHandler>().Single().SendAsync(SampleMessage.Create().Session!.Value, stored, Cancellation);

    private static async Task<List<byte[]>> ReceivedAsync(EmailMessage[] messages, params DkimKey[] keys)
    {
        await using var sink = new SmtpSink(new SmtpSinkSettings { Extensions = ["PIPELINING", "8BITMIME", "SMTPUTF8"] });
        await using var services = Services(sink, keys);
        var dispatcher = services.GetServices<IEmailDispatcher>().Single(dispatcher => dispatcher.Delivery == EmailDelivery.OnMyBehalf);
        foreach (var message in messages)
            (await dispatcher.DispatchAsync(message, Cancellation)).Should().BeOfType<DispatchResult.Accepted>();
        return [.. sink.Messages];
    }

    private static ServiceProvider Services(SmtpSink sink, params DkimKey[] keys)
    {
        var services = new ServiceCollection();
        services.AddRescueSessions(options => options.Codes.PublicBaseUri = new("https://help.example.org/")).AddEmail(options =>
        {
            options.SenderAddress = "support@example.com";
            foreach (var key in keys)
                options.Dkim.Add(key);
        }).UseSmtp(options =>
        {
            options.Host = "localhost";
            options.Port = sink.Port;
            options.Security = SmtpSecurity.None;
        });
        return services.BuildServiceProvider();
    }
}
