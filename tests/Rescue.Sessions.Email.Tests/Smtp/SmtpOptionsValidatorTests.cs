namespace Rescue.Sessions.Email.Smtp;

public sealed class SmtpOptionsValidatorTests
{
    public static TheoryData<string, Action<SmtpOptions>> Wrong { get; } = new()
    {
        { "Host", o => o.Host = "" },
        { "Host", o => o.Host = "smtp example" },
        { "Port", o => o.Port = 0 },
        { "Port", o => o.Port = 65_536 },
        { "Security", o => o.Security = (SmtpSecurity)3 },
        { "Security", o => o.Security = SmtpSecurity.None },
        { "Credentials", o => (o.Host, o.Security, o.Credentials) = ("localhost", SmtpSecurity.None, SmtpCredentials.FromPassword("u", "p")) },
        { "LocalDomain", o => o.LocalDomain = "a b" },
        { "LocalDomain", o => o.LocalDomain = "SRV_ü1" },
        { "LocalDomain", o => o.LocalDomain = "srv1" },
        { "LocalDomain", o => o.LocalDomain = "mail_1.example.com" },
        { "LocalDomain", o => o.LocalDomain = "" },
        { "LocalDomain", o => o.LocalDomain = "a\r\nMAIL FROM:<x@example.com>" },
        { "MaxConnections", o => o.MaxConnections = 0 },
        { "MaxConnections", o => o.MaxConnections = 101 },
        { "MessagesPerConnection", o => o.MessagesPerConnection = 0 },
        { "IdleTimeout", o => o.IdleTimeout = TimeSpan.Zero },
        { "ConnectTimeout", o => o.ConnectTimeout = TimeSpan.FromMinutes(6) },
        { "CommandTimeout", o => o.CommandTimeout = Timeout.InfiniteTimeSpan },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Validate_WrongOption_NamesIt(string property, Action<SmtpOptions> change)
    {
        var options = new SmtpOptions { Host = "smtp.example.com" };
        change(options);

        var result = new SmtpOptionsValidator().Validate(name: null, options);

        result.Failures.Should().ContainSingle().Which.Should().StartWith($"Smtp.{property} ");
    }

    [Theory]
    [InlineData("localhost", false)]
    [InlineData("mail.localhost", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("::1", false)]
    [InlineData("relay.internal", true)]
    public void Validate_ClearText_IsForLoopbackOrByConsent(string host, bool allow)
    {
        var options = new SmtpOptions { Host = host, Security = SmtpSecurity.None, AllowClearText = allow };

        new SmtpOptionsValidator().Validate(name: null, options).Succeeded.Should().BeTrue();
    }

    [Fact]
    public void Validate_HostAlone_IsEnough() =>
        new SmtpOptionsValidator().Validate(name: null, new SmtpOptions { Host = "smtp.example.com" }).Succeeded.Should().BeTrue();
}
