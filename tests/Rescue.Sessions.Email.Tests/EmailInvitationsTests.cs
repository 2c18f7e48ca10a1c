using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Email.Settings;
using Rescue.Sessions.Email.Templates;
using Rescue.Sessions.Hosting;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Testing;

namespace Rescue.Sessions.Email;

/// <summary>What limits, repeats and messages make of an invitation that goes through the door for emails.</summary>
public sealed class EmailInvitationsTests
{
    private const string Grace = "grace@example.net";
    private const string Again = "(sent again)";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Invite_OneAddressInWhateverFormItIsCopied_IsOneRecipient()
    {
        await using var product = Product(options => options.Invitations.RecipientLimit = 4);
        string[] spellings = [Grace, "A1 <grace@example.net>", "\"A2\" <Grace@EXAMPLE.net>", "mailto:grace@example.net?subject=3", "<mailto:grace@example.net>", " A4 <grace@example。net> "];

        var answers = new List<CreateSessionResult>();
        foreach (var to in spellings)
            answers.Add(await InviteAsync(product, to));

        answers[..4].Should().AllBeOfType<CreateSessionResult.Created>();
        answers[4..].Should().AllSatisfy(answer => answer.Should().BeOfType<CreateSessionResult.Refused>().Which.Reason.Should().BeOfType<Refusal.TooMany>());
        var again = await product.Invitations.ResendAsync(product.Technician, ((CreateSessionResult.Created)answers[1]).Session.Id, null, Cancellation);
        again.Outcome.Should().BeOfType<SessionResult.Refused>().Which.Reason.Should().BeOfType<Refusal.TooMany>("a message that is sent again goes to the same mailbox");
    }

    [Fact]
    public async Task Invite_OneAddressInWhateverFormItIsCopied_IsOneOfTheDay()
    {
        await using var product = Product(options => options.Invitations.DistinctRecipients = 1);
        await InviteAsync(product, "A1 <grace@example.net>");

        (await InviteAsync(product, "A2 <grace@example.net>")).Should().BeOfType<CreateSessionResult.Created>();
        (await InviteAsync(product, "A3 <alan@example.net>")).Should().BeOfType<CreateSessionResult.Refused>().Which.Reason.Should().BeOfType<Refusal.TooMany>();
    }

    [Theory]
    [InlineData("Grace <grace@example.net>", null)]
    [InlineData("mailto:grace@example.net", null)]
    [InlineData("grace@EXAMPLE.net", null)]
    [InlineData("Grace <grace@example.net>", "key")]
    public async Task Invite_SameAddressInAnotherForm_IsARepeat(string spelling, string? key)
    {
        await using var product = Product(options => options.Codes.RepeatWindow = TimeSpan.FromSeconds(10));
        var first = (CreateSessionResult.Created)await InviteAsync(product, Grace, key: key);

        var second = (await InviteAsync(product, spelling, key: key)).Should().BeOfType<CreateSessionResult.Created>().Subject;

        (second.IsRepeat, second.Session.Id).Should().Be((true, first.Session.Id));
    }

    [Fact]
    public async Task Invite_DraftThatIsARepeat_HandsOverNothingButWhatTheFirstSaid()
    {
        var drafts = new Drafting();
        await using var product = Product(options => options.Codes.RepeatWindow = TimeSpan.FromSeconds(10), builder => builder.Services.AddSingleton<IEmailDispatcher>(drafts));

        var first = (CreateSessionResult.Created)await InviteAsync(product, Grace, EmailDelivery.DefaultMailClient);
        var second = (CreateSessionResult.Created)await InviteAsync(product, Grace, EmailDelivery.DefaultMailClient);

        second.IsRepeat.Should().BeTrue();
        drafts.Messages.Should().HaveCount(2).And.AllSatisfy(message =>
        {
            message.Session.Should().Be(first.Session.Id);
            message.Link.Should().Be(first.Link!.ToUri());
            message.To!.Address.Should().Be(Grace);
        });
    }

    [Theory]
    [InlineData("gives up", "key")]
    [InlineData("gives up", null)]
    [InlineData("gives up and the connection is lost", "key")]
    [InlineData("waits and it fails", "key")]
    [InlineData("waits and it fails", null)]
    public async Task Invite_DraftThatIsNotHandedOver_IsMadeWhenTheCallerAsksAgain(string caller, string? key)
    {
        using var patience = new CancellationTokenSource();
        var drafts = new Drafting();
        await using var product = Product(options => options.Codes.RepeatWindow = TimeSpan.FromSeconds(10), builder => builder.Services.AddSingleton<IEmailDispatcher>(drafts));
        drafts.Before = cancellationToken =>
        {
            if (caller.StartsWith("gives up", StringComparison.Ordinal))
                patience.Cancel();
            if (caller == "gives up")
                cancellationToken.ThrowIfCancellationRequested();
            throw new IOException();
        };
        var session = new NewSession("Grace Hopper") { IdempotencyKey = key, Invitation = new() { Delivery = EmailDelivery.DefaultMailClient, To = Grace } };
        var first = () => product.Invitations.InviteAsync(product.Technician, session, patience.Token);
        await first.Should().ThrowAsync<Exception>();
        drafts.Before = null;

        var again = await product.Invitations.InviteAsync(product.Technician, session, Cancellation);

        var created = again.Outcome.Should().BeOfType<CreateSessionResult.Created>().Subject;
        (created.IsRepeat, created.Session.Status).Should().Be((caller != "waits and it fails" || key is not null, SessionStatus.Connecting), "whoever has no key and did not give up meets one of its own");
        again.Draft!.Text.Should().Contain(created.Link!.ToUri().AbsoluteUri);
    }

    [Theory]
    [InlineData("held", null, false)]
    [InlineData("held", EmailDelivery.DefaultMailClient, false)]
    [InlineData("queued", EmailDelivery.DefaultMailClient, true)]
    [InlineData("queued", null, true)]
    [InlineData("lost", EmailDelivery.DefaultMailClient, true)]
    [InlineData("sent", EmailDelivery.DefaultMailClient, true)]
    [InlineData("sent", null, true)]
    public async Task Resend_SaysThatItIsOne_UnlessWhatItReplacesHasCertainlyNotGone(string before, EmailDelivery? delivery, bool isRepeat)
    {
        await using var product = Product();
        product.Mail.AnswerWith(_ => before switch
        {
            "held" => new DispatchResult.NotSent(NotSentCause.AuthenticationFailed, "The mail server refused the credentials (535 5.7.8).", CanRetry: false),
            "lost" => new DispatchResult.Unknown("The connection was lost after the body was begun."),
            _ => new DispatchResult.Accepted("250 ok"),
        });
        var created = (CreateSessionResult.Created)await InviteAsync(product, Grace);
        if (before != "queued")
            await product.Clock.SettleAsync(Cancellation);
        product.Mail.Clear();
        product.Mail.AnswerWith(_ => new DispatchResult.Accepted("250 ok"));

        var result = await product.Invitations.ResendAsync(product.Technician, created.Session.Id, delivery, Cancellation);
        // A server that refused is asked once a minute.
        await product.Clock.AdvanceAsync(TimeSpan.FromMinutes(2), Cancellation);

        result.Outcome.Should().BeOfType<SessionResult.Done>();
        var subject = result.Draft is { } draft ? SubjectOf(draft) : product.Mail.Messages[^1].Subject;
        subject.EndsWith(Again, StringComparison.Ordinal).Should().Be(isRepeat, "{0}", subject);
    }

    [Theory]
    [InlineData("sent held", true)]
    [InlineData("lost held", true)]
    [InlineData("sent rejected", true)]
    [InlineData("sent held held", true)]
    [InlineData("held held", false)]
    [InlineData("rejected held", false)]
    [InlineData("held sent held", true)]
    public async Task Resend_OfOneThatDidNotGo_SaysThatItIsOne_WhereAnyBeforeItMayHave(string before, bool isRepeat)
    {
        await using var product = Product();
        SessionId? session = null;
        foreach (var what in before.Split(' '))
        {
            product.Mail.AnswerWith(_ => what switch
            {
                "held" => new DispatchResult.NotSent(NotSentCause.CouldNotConnect, "The mail server could not be reached.", CanRetry: true),
                "lost" => new DispatchResult.Unknown("The connection was lost after the body was begun."),
                "rejected" => new DispatchResult.Rejected(550, "5.1.1", "No such user."),
                _ => new DispatchResult.Accepted("250 ok"),
            });
            if (session is { } earlier)
                (await product.Invitations.ResendAsync(product.Technician, earlier, null, Cancellation)).Outcome.Should().BeOfType<SessionResult.Done>();
            else
                session = ((CreateSessionResult.Created)await InviteAsync(product, Grace)).Session.Id;
            await product.Clock.AdvanceAsync(TimeSpan.FromSeconds(30), Cancellation);
        }

        product.Mail.Clear();
        product.Mail.AnswerWith(_ => new DispatchResult.Accepted("250 ok"));

        await product.Invitations.ResendAsync(product.Technician, session!.Value, null, Cancellation);
        await product.Clock.AdvanceAsync(TimeSpan.FromMinutes(2), Cancellation);

        product.Mail.Messages[^1].Subject.EndsWith(Again, StringComparison.Ordinal).Should().Be(isRepeat, "{0}", product.Mail.Messages[^1].Subject);
    }

    [Theory]
    [InlineData("<")]
    [InlineData("&")]
    [InlineData("\"")]
    public async Task Invite_LongestTextThatCanBeSaved_IsSent(string character)
    {
        await using var product = Product();
        var template = new EmailTemplateSource("Help", $"{{{{ link.url }}}}\n{string.Concat(Enumerable.Repeat(character, 65_000))}");
        (await product.Services.GetRequiredService<EmailTemplates>().SaveAsync(product.Technician, new("en"), template, cancellationToken: Cancellation)).Should().BeOfType<TemplateSave.Saved>();

        (await InviteAsync(product, Grace)).Should().BeOfType<CreateSessionResult.Created>();
        await product.Clock.SettleAsync(Cancellation);

        product.Mail.SingleTo(Grace).Html!.Length.Should().BeGreaterThan(262_144);
    }

    public static TheoryData<string, string, string> Unwritable { get; } = new()
    {
        // A character of three units, of which a name may have 128.
        { "the organisation's name", "support@example.org", string.Concat(Enumerable.Repeat("x\u0301\u0302", 128)) },
        { "the sender's domain", $"support@{string.Join('.', Enumerable.Repeat(new string('d', 60), 3))}.{new string('e', 40)}.example", "Acme" },
    };

    [Theory]
    [MemberData(nameof(Unwritable))]
    public async Task Invite_AndResend_WhatAMessageCannotHold_IsAnAnswer(string what, string sender, string organization)
    {
        await using var product = Product(
            options =>
            {
                options.Organization.SenderAddress = sender;
                options.Organization.Name = organization;
                options.Codes.IssueLimit = 3;
            });
        var draft = (CreateSessionResult.Created)await InviteAsync(product, Grace, EmailDelivery.DefaultMailClient);

        for (var times = 0; times < 3; times++)
        {
            (await InviteAsync(product, Grace)).Should().BeOfType<CreateSessionResult.Refused>(what).Which.Reason.Should().BeOfType<Refusal.NotWritten>("nothing was sent that could count");
            (await product.Invitations.ResendAsync(product.Technician, draft.Session.Id, EmailDelivery.OnMyBehalf, Cancellation)).Outcome
                .Should().BeOfType<SessionResult.Refused>(what).Which.Reason.Should().BeOfType<Refusal.NotWritten>();
        }
    }

    private static TestProduct Product(Action<RescueSessionsOptions>? configure = null, Action<RescueSessionsBuilder>? add = null) => new(builder =>
    {
        if (configure is not null)
            builder.Services.Configure(configure);
        add?.Invoke(builder);
    });

    private static async Task<CreateSessionResult> InviteAsync(TestProduct product, string to, EmailDelivery delivery = EmailDelivery.OnMyBehalf, string? key = null) =>
        (await product.Invitations.InviteAsync(
            product.Technician, new("Grace Hopper") { IdempotencyKey = key, Invitation = new() { Delivery = delivery, To = to } }, Cancellation)).Outcome;

    private static string SubjectOf(EmailDraft draft) =>
        draft.Eml.Replace("\r\n ", " ", StringComparison.Ordinal).Split("\r\n").Single(line => line.StartsWith("Subject:", StringComparison.OrdinalIgnoreCase));

    private sealed class Drafting : IEmailDispatcher
    {
        public List<EmailMessage> Messages { get; } = [];

        public EmailDelivery Delivery => EmailDelivery.DefaultMailClient;

        public Action<CancellationToken>? Before { get; set; }

        public Task<DispatchResult> DispatchAsync(EmailMessage message, CancellationToken cancellationToken)
        {
            Before?.Invoke(cancellationToken);
            Messages.Add(message);
            return Task.FromResult<DispatchResult>(new DispatchResult.Drafted(new(null, "", message.Text)));
        }
    }
}
