using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Rescue.Sessions.AspNetCore.Tests.Hosting;

/// <summary>Mistakes in putting the library into a host, and what the host is told before the first request.</summary>
public class MappingTests
{
    private static readonly Dictionary<string, (Action<IServiceCollection> Register, Action<WebApplication> Map)> Mistakes = new()
    {
        ["Call builder.Services.AddRescueSessions(...).AddAspNetCore(...) before the routes are mapped.*"] = (_ => { }, app => app.MapRescueSessions()),
        ["Call AddRescueSessions(...).AddAspNetCore(...) before*who the technician is*"] = (services => services.AddRescueSessions(Configure), app => app.MapRescueSessions()),
        ["The route '/*' of Rescue.Sessions is mapped twice*once."] = (Add, app =>
        {
            app.MapRescueSessions();
            app.MapRescueSessions();
        }),
        ["The route '/customer*mapped twice*"] = (Add, app =>
        {
            app.MapRescueSessions();
            app.MapCustomerPages();
        }),
        ["The customer's page is mapped at '/support/Customer/Code.aspx', but mailed links lead to 'https://help.example.org/Customer/Code.aspx'*end in '/support/'*"] =
            (Add, app => app.MapRescueSessions("/support")),
        ["*mapped at '/{tenant}/Customer/Code.aspx'*"] = (Add, app => app.MapRescueSessions("/{tenant}")),
    };

    public static TheoryData<string> Messages => [.. Mistakes.Keys];

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task Start_Mistake_IsSaid(string message)
    {
        var (register, map) = Mistakes[message];

        Func<Task> start = () => StartAsync(register, map);

        (await start.Should().ThrowAsync<InvalidOperationException>()).WithMessage(message);
    }

    [Theory]
    [InlineData("https://help.example.org/support/", "/support")]
    [InlineData("https://help.example.org/behind/a/proxy/support", "/Support/")]
    [InlineData("https://help.example.org/stripped/by/the/proxy/", "")]
    public async Task Start_LinksLeadToThePage_IsFine(string address, string prefix)
    {
        var start = () => StartAsync(
            services => services.AddRescueSessions(options => options.Codes.PublicBaseUri = new(address)).AddAspNetCore(options => options.Technician = _ => null),
            app => app.MapRescueSessions(prefix));

        await start.Should().NotThrowAsync();
    }

    [Fact]
    public async Task Start_TwoHostNames_AreTwoMappings()
    {
        var start = () => StartAsync(Add, app =>
        {
            app.MapRescueSessions().RequireHost("a.example");
            app.MapRescueSessions().RequireHost("b.example");
        });

        await start.Should().NotThrowAsync();
    }

    private static void Configure(RescueSessionsOptions options) => options.Codes.PublicBaseUri = new("https://help.example.org/");

    private static void Add(IServiceCollection services) => services.AddRescueSessions(Configure).AddAspNetCore(options => options.Technician = _ => null);

    private static async Task StartAsync(Action<IServiceCollection> register, Action<WebApplication> map)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        register(builder.Services);
        await using var app = builder.Build();
        map(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        await app.StopAsync(TestContext.Current.CancellationToken);
    }
}
