namespace Rescue.Sessions.Email.Hosting;

public sealed class EmailOptionsValidatorTests
{
    public static TheoryData<string, Action<EmailOptions>> Wrong { get; } = new()
    {
        { "Email.SenderAddress must be one mailbox. Set it", o => o.SenderAddress = "" },
        { "Email.SenderAddress must be one mailbox. Set it", o => o.SenderAddress = "support" },
        { "Email.SenderAddress must be one mailbox. Set it", o => o.SenderAddress = "a@example.org, b@example.org" },
        { "Email.DefaultLanguage must be a BCP 47 language tag. Set it", o => o.DefaultLanguage = "Dutch language" },
        { "Email.DefaultLanguage must be a BCP 47 language tag. Set it", o => o.DefaultLanguage = "en-x" },
        { "Email.DefaultLanguage must be a BCP 47 language tag. Set it", o => o.DefaultLanguage = "" },
        { "Email.LinksInNames must be Refuse or Defuse.", o => o.LinksInNames = (LinksInNames)7 },
        { "Email.TimeZone is not known on this machine. Set it", o => o.TimeZone = "Europe/Atlantis" },
        { "Email.TemplatesPerTenant is 0. Set it to a number from 1 to 1000.", o => o.TemplatesPerTenant = 0 },
        { "Email.TemplatesPerTenant is 1001. Set it", o => o.TemplatesPerTenant = 1001 },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Validate_WrongOption_NamesItAndTheFix(string message, Action<EmailOptions> change)
    {
        var options = new EmailOptions { SenderAddress = "support@example.org" };
        change(options);

        var result = new EmailOptionsValidator().Validate(name: null, options);

        result.Failures.Should().ContainSingle().Which.Should().StartWith(message);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("fr-CA")]
    [InlineData("de-CH-1996")]
    [InlineData("nl-BE")]
    [InlineData("sv")]
    public void Validate_AddressAndALanguage_AreFine(string language) =>
        new EmailOptionsValidator().Validate(name: null, new() { SenderAddress = "support@example.org", DefaultLanguage = language }).Succeeded.Should().BeTrue();
}
