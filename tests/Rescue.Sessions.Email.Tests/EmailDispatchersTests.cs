using Rescue.Sessions.Email.Smtp;
using Rescue.Sessions.Invitations;

namespace Rescue.Sessions.Email;

public sealed class EmailDispatchersTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Find_HostHasOneOfItsOwnBesideSmtp_TheHostsWinsInAnyOrder(bool isFirst)
    {
        await using var smtp = new SmtpDispatcher(new SmtpOptions { Host = "localhost", Security = SmtpSecurity.None });
        var own = new Own();

        new EmailDispatchers(isFirst ? [own, smtp] : [smtp, own]).Find(EmailDelivery.OnMyBehalf).Should().BeSameAs(own);
    }

    [Fact]
    public void Find_TwoOfTheHosts_IsTheLater()
    {
        IEmailDispatcher[] own = [new Own(), new Own()];

        new EmailDispatchers(own).Find(EmailDelivery.OnMyBehalf).Should().BeSameAs(own[1]);
    }

    private sealed class Own : IEmailDispatcher
    {
        public EmailDelivery Delivery => EmailDelivery.OnMyBehalf;

        public Task<DispatchResult> DispatchAsync(EmailMessage message, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
