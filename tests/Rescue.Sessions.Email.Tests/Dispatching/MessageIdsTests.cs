namespace Rescue.Sessions.Email.Dispatching;

public sealed class MessageIdsTests
{
    [Fact]
    public void Create_SameSession_IsAnotherEachTime()
    {
        var session = SessionId.New(DateTimeOffset.UnixEpoch);
        var id = MessageIds.Create(session, "xn--bcher-kva.example");

        id.Should().StartWith($"{session}.").And.EndWith("@xn--bcher-kva.example");
        id.Should().NotBe(MessageIds.Create(session, "xn--bcher-kva.example"));
        (SampleMessage.Create() with { MessageId = id }).MessageId.Should().Be(id, "it is of the form that a message takes");
    }
}
