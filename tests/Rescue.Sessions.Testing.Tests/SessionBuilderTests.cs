using Rescue.Sessions.Permissions;

namespace Rescue.Sessions.Testing.Tests;

public sealed class SessionBuilderTests : IAsyncLifetime
{
    private readonly TestProduct product = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => product.DisposeAsync();

    [Fact]
    public async Task Connecting_WithAReference_HasIt()
    {
        var session = await product.NewSession("Alan Turing").With(described => described with { Reference = "T-42" }).ConnectingAsync(TestContext.Current.CancellationToken);

        var now = await session.NowAsync(TestContext.Current.CancellationToken);
        (now.CustomerName, now.Reference).Should().Be(("Alan Turing", "T-42"));
    }

    [Fact]
    public async Task Connecting_WithoutTheRight_SaysWhichIsMissing()
    {
        var make = () => product.NewSession().By(new("bob", "Bob")).ConnectingAsync(TestContext.Current.CancellationToken);

        await make.Should().ThrowAsync<TestFailedException>().WithMessage($"*{nameof(ConnectionRight.PrivateSessions)}*");
    }

    [Fact]
    public async Task Connecting_WithAWrongAddress_SaysWhatIsWrong()
    {
        var make = () => product.NewSession().ByEmail("nobody").ConnectingAsync(TestContext.Current.CancellationToken);

        await make.Should().ThrowAsync<TestFailedException>();
    }
}
