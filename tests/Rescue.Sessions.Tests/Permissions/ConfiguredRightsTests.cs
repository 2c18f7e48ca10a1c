using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Permissions;

namespace Rescue.Sessions.Tests.Permissions;

/// <summary>Rights of groups in the configuration, bound as a host binds them.</summary>
public sealed class ConfiguredRightsTests
{
    [Theory]
    [InlineData("Grants")]
    [InlineData("Denials")]
    [InlineData("Locks")]
    public void Right_Mistyped_IsNamedByItsKey(string list)
    {
        var start = () => Start(new() { [$"Rescue:Permissions:Groups:0:{list}:1"] = "EmailOnBehlf" });

        start.Should().Throw<OptionsValidationException>()
            .WithMessage($"*Rescue:Permissions:Groups:0:{list}:1 is 'EmailOnBehlf', which is no right. There are: PrivateSessions,*EmailOnBehalf*");
    }

    [Theory]
    [InlineData("emailonbehalf")]
    [InlineData("EmailOnBehalf")]
    public void Right_InAnyCase_IsGiven(string right) =>
        Start(new() { ["Rescue:Permissions:Groups:0:Grants:1"] = right }).Permissions.Groups.Single().Grants.Should().Equal(ConnectionRight.PrivateSessions, ConnectionRight.EmailOnBehalf);

    [Fact]
    public void Groups_OfSomethingElse_AreNotLookedAt() =>
        Start(new() { ["Other:Permissions:Groups:0:Name"] = "editors", ["Other:Permissions:Groups:0:Grants:0"] = "Publish" }).Permissions.Groups.Should().ContainSingle();

    private static RescueSessionsOptions Start(Dictionary<string, string?> more)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Rescue:Codes:PublicBaseUri"] = "https://help.example.org/",
            ["Rescue:Permissions:Groups:0:Name"] = "support",
            ["Rescue:Permissions:Groups:0:Grants:0"] = "PrivateSessions",
        }).AddInMemoryCollection(more).Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration);
        services.AddRescueSessions(configuration.GetSection("Rescue").Bind);
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<RescueSessionsOptions>>().Value;
    }
}
