using Rescue.Sessions.Invitations;

namespace Rescue.Sessions.Tests.Invitations;

public sealed class PhoneNumberTests
{
    [Theory]
    [InlineData("+4930901820")]
    [InlineData(" +49 30 901820 ")]
    [InlineData("+49 (0)30 / 90-18.20")]
    [InlineData("+49\u00A030\u2011901820\u200B")]
    [InlineData("\uFF0B\uFF14\uFF19 30 901820")]
    [InlineData("+\u0664\u0669 30 901820")]
    public void TryParse_ANumberAsTyped_IsTheSame(string text)
    {
        PhoneNumber.TryParse(text, out var number, out var problem).Should().BeTrue();

        number!.Value.Should().Be("+4930901820");
        problem.Should().Be(PhoneNumberProblem.None);
        number.Should().Be(PhoneNumber.Parse("+4930901820"));
    }

    [Theory]
    [InlineData(null, nameof(PhoneNumberProblem.Missing))]
    [InlineData("  ", nameof(PhoneNumberProblem.Missing))]
    [InlineData("030 901820", nameof(PhoneNumberProblem.NoCountryCode))]
    [InlineData("0049 30 901820", nameof(PhoneNumberProblem.NoCountryCode))]
    [InlineData("+030 901820", nameof(PhoneNumberProblem.NoCountryCode))]
    [InlineData("+", nameof(PhoneNumberProblem.WrongLength))]
    [InlineData("+49 301", nameof(PhoneNumberProblem.WrongLength))]
    [InlineData("+4930901820123456", nameof(PhoneNumberProblem.WrongLength))]
    [InlineData("+49 30 901820 ext. 5", nameof(PhoneNumberProblem.ForeignCharacter))]
    [InlineData("+49 30 +901820", nameof(PhoneNumberProblem.ForeignCharacter))]
    [InlineData("49 30 901820+", nameof(PhoneNumberProblem.ForeignCharacter))]
    [InlineData("ada@example.org", nameof(PhoneNumberProblem.ForeignCharacter))]
    public void TryParse_NoNumber_SaysWhy(string? text, string expected)
    {
        PhoneNumber.TryParse(text, out var number, out var problem).Should().BeFalse();

        number.Should().BeNull();
        problem.ToString().Should().Be(expected);
    }

    [Fact]
    public void ToString_ShowsTwoDigits() => PhoneNumber.Parse("+4930901820").ToString().Should().Be("+…20");

    [Theory]
    [InlineData("+4930901820", InvitationChannel.Sms)]
    [InlineData("+49@example.org", InvitationChannel.Email)]
    [InlineData("ada@example.org", InvitationChannel.Email)]
    [InlineData(null, InvitationChannel.Email)]
    public void Channel_IsToldByTheRecipient(string? to, InvitationChannel expected) =>
        new Invitation { Delivery = EmailDelivery.OnMyBehalf, State = InvitationState.Queued, At = default, To = to }.Channel.Should().Be(expected);
}
