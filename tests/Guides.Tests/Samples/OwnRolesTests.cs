using Microsoft.Extensions.DependencyInjection;
using OwnRoles;
using Rescue.Sessions;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Testing;

namespace Guides.Tests.Samples;

/// <summary>samples/OwnRoles: the host's own rules.</summary>
public sealed class OwnRolesTests : IAsyncDisposable
{
    private readonly TestProduct product = new(support => support.Services.AddSingleton<PermissionPolicy, RolePolicy>());

    public ValueTask DisposeAsync() => product.DisposeAsync();

    [Fact]
    public async Task Lead_SendsOnBehalf()
    {
        await product.NewSession().By(new Technician("lea", "Lea") { Groups = ["lead"] }).ByEmail().ConnectingAsync();

        product.Mail.SingleTo("grace@example.org").Subject.Should().NotBeEmpty();
    }

    [Theory]
    [InlineData("agent", "EmailOnBehalf")]
    [InlineData("nobody", "PrivateSessions")]
    public async Task Others_AreToldWhatIsMissing(string role, string missing)
    {
        var send = () => product.NewSession().By(new Technician("al", "Al") { Groups = [role] }).ByEmail().ConnectingAsync();

        await send.Should().ThrowAsync<TestFailedException>().WithMessage($"*{missing}*");
        product.Mail.ShouldBeEmpty();
    }
}
