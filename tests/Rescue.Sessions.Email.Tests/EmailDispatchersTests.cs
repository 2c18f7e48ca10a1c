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

    [Fact]
    public void NamesWays_Dispatcher_SaysWhetherItHasWaysToName()
    {
        EmailDispatchers.NamesWays(new Own()).Should().BeFalse("its messages need not be read to find the way");
        EmailDispatchers.NamesWays(new OwnWithWays()).Should().BeTrue();
        EmailDispatchers.NamesWays(new OwnWithHiddenWays()).Should().BeTrue();
        EmailDispatchers.NamesWays(new Derived()).Should().BeTrue();
    }

    private sealed class OwnWithHiddenWays : IEmailDispatcher
    {
        public EmailDelivery Delivery => EmailDelivery.OnMyBehalf;

        string? IEmailDispatcher.LaneOf(EmailMessage message) => message.Tenant;

        public Task<DispatchResult> DispatchAsync(EmailMessage message, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private class OwnWithWays : IEmailDispatcher
    {
        public EmailDelivery Delivery => EmailDelivery.OnMyBehalf;

        public string? LaneOf(EmailMessage message) => message.Tenant;

        public Task<DispatchResult> DispatchAsync(EmailMessage message, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private sealed class Derived : OwnWithWays;

    private sealed class Own : IEmailDispatcher
    {
        public EmailDelivery Delivery => EmailDelivery.OnMyBehalf;

        public Task<DispatchResult> DispatchAsync(EmailMessage message, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
