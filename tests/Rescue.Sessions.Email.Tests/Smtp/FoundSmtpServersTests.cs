using System.Reflection;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Rescue.Sessions.Email.Dkim;
using Rescue.Sessions.Email.Relay;
using Rescue.Sessions.Email.Storage;
using Rescue.Sessions.Hosting;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Outbox;

namespace Rescue.Sessions.Email.Smtp;

/// <summary>A product whose organisations have mail servers in tables of its own.</summary>
public sealed class FoundSmtpServersTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Dispatch_ServerThatIsFound_KeepsItsConnectionWhileItsOptionsStayTheSame()
    {
        await using var sink = new SmtpSink();
        var asked = new List<string>();
        await using var services = Services(name =>
        {
            asked.Add(name);
            // As whoever reads a table makes them: others each time, with the same in them.
            return At(sink);
        });

        for (var i = 0; i < 3; i++)
            (await DispatchAsync(services, "globex")).Should().BeOfType<DispatchResult.Accepted>();

        sink.Messages.Should().HaveCount(3);
        sink.Sessions.Should().ContainSingle();
        asked.Should().Equal("globex", "globex", "globex");
    }

    [Fact]
    public async Task Dispatch_ServersOfTwoNames_ShareNothing()
    {
        await using var sink = new SmtpSink();
        await using var services = Services(_ => At(sink));

        await DispatchAsync(services, "globex");
        await DispatchAsync(services, "initech");

        sink.Sessions.Should().HaveCount(2);
    }

    [Fact]
    public async Task Dispatch_OptionsThatHaveChanged_GoByTheOtherServer()
    {
        await using var before = new SmtpSink();
        await using var after = new SmtpSink();
        var now = before;
        await using var services = Services(_ => At(now));
        await DispatchAsync(services, "globex");
        now = after;

        await DispatchAsync(services, "globex");

        (before.Messages.Count(), after.Messages.Count()).Should().Be((1, 1));
        await before.Sessions.Single().Goodbye.WaitAsync(Patience, Cancellation);
    }

    [Fact]
    public async Task Dispatch_ServerOfTheStart_GoesBeforeOneThatIsFound()
    {
        await using var first = new SmtpSink();
        await using var found = new SmtpSink();
        await using var services = Services(_ => At(found), support => support.UseSmtp("globex", options => Set(options, first)).UseSmtp(options => Set(options, first)));

        foreach (var name in (string?[])["globex", null, "initech"])
            (await DispatchAsync(services, name)).Should().BeOfType<DispatchResult.Accepted>();

        (first.Messages.Count(), found.Messages.Count()).Should().Be((2, 1));
    }

    public static TheoryData<string, Func<SmtpOptions?>, bool, string, string> Troubles { get; } = new()
    {
        { "none", () => null, false, "*'globex'*the function that UseSmtp was given*", "*'globex'*" },
        { "wrong", () => new SmtpOptions { Host = "smtp.globex.example", Port = 0 }, false, "*settings*wrong*", "*Smtp[globex].Port must be*" },
        { "clear text", () => new SmtpOptions { Host = "smtp.globex.example", Security = SmtpSecurity.None }, false, "*settings*wrong*", "*Smtp[globex].Security is None*" },
        { "failed", () => throw new TimeoutException("The table is away."), true, "*cannot be looked up*", "*'globex' (TimeoutException)" },
    };

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task Send_ServerThatCannotBeHad_HoldsTheMessageAndSaysWhy(string what, Func<SmtpOptions?> find, bool canRetry, string reason, string diagnosis)
    {
        await using var services = Services(_ => find());

        var result = (await DispatchAsync(services, "globex")).Should().BeOfType<DispatchResult.NotSent>(what).Subject;

        (result.Cause, result.CanRetry).Should().Be((NotSentCause.UnknownServer, canRetry));
        result.Reason.Should().Match(reason).And.NotContain("table").And.NotContain("globex.example");
        (result.Diagnosis ?? result.Reason).Should().Match(diagnosis);
    }

    [Fact]
    public async Task Send_LookupThatNeverAnswers_IsNotWaitedForLongerThanHalfAMinute()
    {
        var time = new FakeTimeProvider();
        CancellationToken asked = default;
        await using var services = Services((_, cancellationToken) =>
        {
            asked = cancellationToken;
            return new(new TaskCompletionSource<SmtpOptions?>().Task);
        }, support => support.Services.AddSingleton<TimeProvider>(time));

        var sending = DispatchAsync(services, "globex");
        sending.IsCompleted.Should().BeFalse();
        time.Advance(TimeSpan.FromSeconds(30));

        var result = (await sending).Should().BeOfType<DispatchResult.NotSent>().Subject;
        (result.Cause, result.CanRetry, asked.IsCancellationRequested).Should().Be((NotSentCause.UnknownServer, true, true));
        result.Diagnosis.Should().Match("*not answered within 30 s*'globex'");
    }

    [Fact]
    public async Task Send_ServerThatCannotBeHad_HoldsNoOthersMail()
    {
        await using var sink = new SmtpSink();
        await using var services = Services(name => name == "globex" ? null : At(sink));
        var handler = services.GetServices<OutboxHandler>().OfType<EmailOutboxHandler>().Single();

        handler.HasLanes.Should().BeTrue();
        (await SendAsync(handler, "globex")).Should().BeOfType<OutboxOutcome.NotSent>();
        (await SendAsync(handler, "initech")).Should().BeOfType<OutboxOutcome.Accepted>();

        services.GetRequiredService<MailRelay>().Outages.Should().ContainSingle().Which.Lane.Should().Be("globex");
    }

    [Fact]
    public async Task Dispatch_ServerThatIsFound_SignsAsTheOthers()
    {
        await using var sink = new SmtpSink();
        await using var services = Services(_ => At(sink), configure: options => options.Dkim.Add(TestKey.Rsa().As("example.com", "s1")));

        await DispatchAsync(services, "globex");

        Encoding.UTF8.GetString(sink.Messages.Should().ContainSingle().Which).Should().Contain("DKIM-Signature:");
    }

    [Fact]
    public async Task Start_NoRuleThatNamesServers_IsRefused()
    {
        await using var services = Services(_ => null, configure: options => options.SmtpServer = null);

        var read = () => services.GetRequiredService<IOptions<EmailOptions>>().Value;

        read.Should().Throw<OptionsValidationException>().WithMessage("Email.SmtpServer is not set*looked up*message => *");
    }

    public static TheoryData<string> EachOption { get; } = [.. typeof(SmtpOptions).GetProperties().Select(property => property.Name)];

    [Theory]
    [MemberData(nameof(EachOption))]
    public void IsSameAs_AnyOptionThatDiffers_IsNot(string name)
    {
        var (one, other) = (new SmtpOptions(), new SmtpOptions());
        one.IsSameAs(other).Should().BeTrue();
        var property = typeof(SmtpOptions).GetProperty(name)!;
        if (ReferenceEquals(one.TrustedRoots, property.GetValue(one)))
            other.TrustedRoots.Add(Root());
        else
            property.SetValue(other, Another(property, property.GetValue(one)));

        one.IsSameAs(other).Should().BeFalse();
        other.IsSameAs(one).Should().BeFalse();
    }

    [Fact]
    public void IsSameAs_Credentials_GoByWhatIsInThem()
    {
        Func<CancellationToken, ValueTask<string>> tokens = _ => new("token");

        With(SmtpCredentials.FromPassword("a", "b")).IsSameAs(With(SmtpCredentials.FromPassword("a", "b"))).Should().BeTrue();
        With(SmtpCredentials.FromTokenProvider("a", tokens)).IsSameAs(With(SmtpCredentials.FromTokenProvider("a", tokens))).Should().BeTrue();
        With(SmtpCredentials.FromPassword("a", "b")).IsSameAs(With(SmtpCredentials.FromPassword("a", "c"))).Should().BeFalse();
        With(SmtpCredentials.FromPassword("a", "b")).IsSameAs(With(SmtpCredentials.FromPassword("c", "b"))).Should().BeFalse();
        With(SmtpCredentials.FromPassword("a", "b")).IsSameAs(With(SmtpCredentials.FromTokenProvider("a", tokens))).Should().BeFalse();

        static SmtpOptions With(SmtpCredentials credentials) => new() { Credentials = credentials };
    }

    private static object Another(PropertyInfo property, object? value) => value switch
    {
        bool truth => !truth,
        int number => number + 1,
        TimeSpan time => time + TimeSpan.FromSeconds(1),
        SmtpSecurity => SmtpSecurity.None,
        _ when property.PropertyType == typeof(SmtpCredentials) => SmtpCredentials.FromPassword("a", "b"),
        _ => "other.example",
    };

    private static X509Certificate2 Root()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest("CN=Root", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
    }

    private static Task<DispatchResult> DispatchAsync(IServiceProvider services, string? name) =>
        services.GetServices<IEmailDispatcher>().Single(dispatcher => dispatcher.Delivery == EmailDelivery.OnMyBehalf)
            .DispatchAsync(SampleMessage.Create() with { Tenant = name ?? "default" }, Cancellation);

    private static Task<OutboxOutcome> SendAsync(OutboxHandler handler, string tenant) => handler.SendAsync(
        SampleMessage.Create().Session!.Value, EmailMessageJson.ToUtf8Bytes(SampleMessage.Create() with { Tenant = tenant }), Cancellation);

    private static ServiceProvider Services(Func<string, SmtpOptions?> find, Action<RescueSessionsBuilder>? add = null, Action<EmailOptions>? configure = null) =>
        Services((name, _) => new(find(name)), add, configure);

    private static ServiceProvider Services(
        Func<string, CancellationToken, ValueTask<SmtpOptions?>> find, Action<RescueSessionsBuilder>? add = null, Action<EmailOptions>? configure = null)
    {
        var services = new ServiceCollection();
        var support = services.AddRescueSessions(options => options.Codes.PublicBaseUri = new("https://help.example.org/")).AddEmail(options =>
        {
            options.SenderAddress = "support@example.org";
            options.SmtpServer = message => message.Tenant == "default" ? null : message.Tenant;
            configure?.Invoke(options);
        }).UseSmtp((_, name, cancellationToken) => find(name, cancellationToken));
        add?.Invoke(support);
        return services.BuildServiceProvider();
    }

    private static SmtpOptions At(SmtpSink sink)
    {
        var options = new SmtpOptions();
        Set(options, sink);
        return options;
    }

    private static void Set(SmtpOptions options, SmtpSink sink) => (options.Host, options.Port, options.Security) = ("localhost", sink.Port, SmtpSecurity.None);
}
