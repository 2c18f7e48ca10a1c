using HelpDesk.Inbox;
using Microsoft.Extensions.Time.Testing;

namespace HelpDesk.Tests.Inbox;

public sealed class CapturedMessagesTests
{
    private readonly CapturedMessages _messages = new(new FakeTimeProvider(DateTimeOffset.UnixEpoch));

    [Fact]
    public void Add_BeyondTheNumber_ForgetsTheOldest()
    {
        for (var i = 0; i < CapturedMessages.MaxMessages + 3; i++)
            _messages.Add("", [], ReadOnlyMemory<byte>.Empty);

        _messages.NewestFirst().Should().HaveCount(CapturedMessages.MaxMessages);
        _messages.Find("3").Should().BeNull();
        _messages.Find("4").Should().NotBeNull();
        _messages.NewestFirst()[0].Id.Should().Be("2003");
    }

    [Fact]
    public void Add_BeyondTheBytes_ForgetsTheOldest()
    {
        var quarter = new byte[CapturedMessages.MaxBytes / 4];

        for (var i = 0; i < 5; i++)
            _messages.Add("", [], quarter);

        _messages.NewestFirst().Select(message => message.Id).Should().Equal("5", "4", "3", "2");
    }

    [Fact]
    public void Content_NotAMessage_IsEmptyAndDoesNotThrow()
    {
        var message = _messages.Add("", [], new byte[] { 0, 1, 2, 255 });

        message.Content.Html.Should().BeNull();
        message.Content.Subject.Should().BeEmpty();
    }
}
