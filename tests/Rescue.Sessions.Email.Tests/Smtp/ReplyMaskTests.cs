using CsCheck;

namespace Rescue.Sessions.Email.Smtp;

public sealed class ReplyMaskTests
{
    [Theory]
    [InlineData("Ok: queued as 4dC5Xz2yKQz9tBw", "Ok: queued as 4dC5Xz2yKQz9tBw")]
    [InlineData("<customer@example.net>: no such user", "*** no such user")]
    [InlineData("user customer unknown at example.net", "user *** unknown at ***")]
    [InlineData("see https://policy.example.org/why", "see ***")]
    [InlineData("blocked URL help.example.com/Customer/Code.aspx?Code=012345", "blocked URL ***")]
    [InlineData("code 012345 is suspicious", "code *** is suspicious")]
    [InlineData("token 3q2-7wAAAAAAAAAAAAAAAA", "token ***")]
    [InlineData("from Léger refused", "from *** refused")]
    [InlineData("text Ouvrez ce lien pour commencer is spam", "text *** *** *** *** *** is spam")]
    [InlineData("lone\u0007bell", "lone?bell")]
    [InlineData("", "")]
    public void Mask_Words_HidesWhatIsTheCustomers(string words, string expected) =>
        ReplyMask.Mask(words, SampleMessage.Create()).Should().Be(expected);

    [Fact]
    public void Mask_AnyPieceOfTheMessage_IsHidden()
    {
        var message = SampleMessage.Create();
        var words = message.Text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);

        Gen.Select(Gen.Int[0, words.Length - 4], Gen.Int[4, words.Length]).Sample((start, length) =>
        {
            var quotation = string.Join(' ', words.Skip(start).Take(length));
            return ReplyMask.Mask($"refused: {quotation}", message).Split(' ').Skip(1).All(word => word == "***");
        });
    }

    [Fact]
    public void Mask_LongAnswer_IsCutShort() =>
        ReplyMask.Mask(new string('x', 10_000), SampleMessage.Create()).Length.Should().BeLessThanOrEqualTo(300);
}
