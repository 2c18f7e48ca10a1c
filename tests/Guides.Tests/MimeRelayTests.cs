using Guides.Tests.Snippets;
using MimeKit;
using Rescue.Sessions.Testing;

namespace Guides.Tests;

/// <summary>What docs/writing-a-dispatcher.md hands to a relay that takes whole messages is one.</summary>
public sealed class MimeRelayTests
{
    [Fact]
    public async Task Request_HoldsTheWholeMessage_AndSaysWhereItGoes()
    {
        await using var product = new TestProduct();
        await product.NewSession("Grace Hopper").ByEmail("grace@example.org").ConnectingAsync();
        var message = product.Mail.SingleTo("grace@example.org");

        using var request = MimeRelay.Request(message);

        request.RequestUri!.OriginalString.Should().Be("raw?to=grace%40example.org");
        request.Content!.Headers.ContentType!.MediaType.Should().Be("message/rfc822");
        using var read = await MimeMessage.LoadAsync(await request.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        (read.Subject, read.MessageId).Should().Be((message.Subject, message.MessageId));
        read.TextBody.Should().Contain(message.Link.AbsoluteUri);
        read.HtmlBody.Should().NotBeNull();
    }
}
