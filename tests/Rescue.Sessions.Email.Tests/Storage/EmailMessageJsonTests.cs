using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;

namespace Rescue.Sessions.Email.Storage;

public sealed class EmailMessageJsonTests
{
    [Fact]
    public void FromUtf8Bytes_StoredMessage_IsTheSame()
    {
        var message = SampleMessage.Create();

        var read = EmailMessageJson.FromUtf8Bytes(EmailMessageJson.ToUtf8Bytes(message));

        read.Should().Be(message);
        read.From.DisplayName.Should().Be(message.From.DisplayName, "equality of addresses leaves it out");
    }

    [Fact]
    public void FromUtf8Bytes_StoredMessageWithALogo_IsTheSameToTheByte()
    {
        var message = SampleMessage.CreateWith(Pictures.Logo());

        var read = EmailMessageJson.FromUtf8Bytes(EmailMessageJson.ToUtf8Bytes(message));

        read.Should().Be(message);
        Mime.Wire.Of(read).Should().Equal(Mime.Wire.Of(message));
    }

    [Fact]
    public void ToUtf8Bytes_MessageOfAnOrganization_StoresNothingOfIt()
    {
        var message = SampleMessage.Create();
        var handed = message with { Organization = new() { Tenant = "acme", Name = "Acme", PublicBaseUri = new("https://acme.example/"), Logo = Pictures.Logo() } };

        EmailMessageJson.ToUtf8Bytes(handed).Should().Equal(EmailMessageJson.ToUtf8Bytes(message));
        handed.Should().Be(message, "what is sent is the same");
        Mime.Wire.Of(handed).Should().Equal(Mime.Wire.Of(message));
    }

    [Theory]
    [InlineData("<p style=\"margin: 0\">Guten Tag &amp; bis gleich</p>")]
    [InlineData("Ça va ? 你好, שלום")]
    public void ToUtf8Bytes_Html_TakesLittleMoreRoomThanItIsLong(string line)
    {
        var html = string.Concat(Enumerable.Repeat(line, 100));

        var stored = EmailMessageJson.ToUtf8Bytes(SampleMessage.Create() with { Html = html }).Length - EmailMessageJson.ToUtf8Bytes(SampleMessage.Create() with { Html = "" }).Length;

        stored.Should().BeLessThan(Encoding.UTF8.GetByteCount(html) * 5 / 4);
    }

    [Fact]
    public void FromUtf8Bytes_StoredByTheVersionBefore_IsReadWithoutWhatItLacked()
    {
        var stored = JsonNode.Parse(EmailMessageJson.ToUtf8Bytes(SampleMessage.Create()))!.AsObject();
        foreach (var member in (string[])["tenant", "session", "reference"])
            stored.Remove(member).Should().BeTrue();

        var read = EmailMessageJson.FromUtf8Bytes(Encoding.UTF8.GetBytes(stored.ToJsonString()));

        read.Should().Be(SampleMessage.Create() with { Tenant = Technician.DefaultTenant, Session = null, Reference = null });
    }

    [Fact]
    public void FromUtf8Bytes_AnyMessage_GivesTheSameBytesOnTheWire() => Gen.Select(Hostile.Line, Hostile.Body, Hostile.Mailbox).Sample(
        (subject, text, to) =>
        {
            var message = SampleMessage.Create() with { Subject = subject, Text = text, To = to, ReplyTo = null };
            var read = EmailMessageJson.FromUtf8Bytes(EmailMessageJson.ToUtf8Bytes(message));
            return read == message && Mime.Wire.Of(read).AsSpan().SequenceEqual(Mime.Wire.Of(message));
        },
        iter: 1_000);

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"messageId\":null}")]
    [InlineData("x")]
    public void FromUtf8Bytes_NotAStoredMessage_Throws(string json)
    {
        var read = () => EmailMessageJson.FromUtf8Bytes(Encoding.UTF8.GetBytes(json));

        read.Should().Throw<JsonException>();
    }
}
