using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Rescue.Sessions.AspNetCore.Tests.Hosting;

/// <summary>A host that forgot a part of its sign-in, as its developer meets it: every technician is answered 401, and the log says why.</summary>
public sealed class SignInWatchTests
{
    private static readonly Dictionary<string, (Action<IServiceCollection> Services, Action<IApplicationBuilder> Before, string? Said)> Hosts = new()
    {
        ["no authentication"] = (_ => { }, _ => { }, "Call builder.Services.AddAuthentication"),
        ["no middleware"] = (AddCookie, _ => { }, "Call app.UseAuthentication()"),
        ["no default scheme"] = (
            services => services.AddAuthentication().AddCookie("a").AddCookie("b"), app => app.UseAuthentication(), "no default scheme"),
        ["claims the function does not read"] = (
            AddCookie, app => app.UseAuthentication().Use((context, next) => SignedInAsync(context, next, "sub")), "claims are of the types sub, sid"),
        ["nobody has signed in"] = (AddCookie, app => app.UseAuthentication(), null),
    };

    public static TheoryData<string> Names => [.. Hosts.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Technician_IsNotFound_IsAnswered401AndTheLogSaysOnceWhatToLookAt(string name)
    {
        var (services, before, said) = Hosts[name];
        using var log = new LogLines();
        using var host = await StartAsync(log, services, before);
        using var client = host.GetTestClient();

        for (var i = 0; i < 3; i++)
            (await StatusAsync(client)).Should().Be(HttpStatusCode.Unauthorized);

        if (said is null)
            log.Lines.Should().BeEmpty();
        else
            log.Lines.Should().ContainSingle().Which.Should().Contain(said).And.NotContain("ada", "a log names nobody");
    }

    [Fact]
    public async Task Technician_WasFoundBefore_NothingIsSaid()
    {
        using var log = new LogLines();
        using var host = await StartAsync(log, _ => { }, app => app.Use((context, next) =>
            context.Request.Headers.ContainsKey("X-Ada") ? SignedInAsync(context, next, ClaimTypes.NameIdentifier) : next(context)));
        using var ada = host.GetTestClient();
        ada.DefaultRequestHeaders.Add("X-Ada", "1");
        using var anyone = host.GetTestClient();

        (await StatusAsync(ada)).Should().Be(HttpStatusCode.OK);
        (await StatusAsync(anyone)).Should().Be(HttpStatusCode.Unauthorized);

        log.Lines.Should().BeEmpty();
    }

    private static void AddCookie(IServiceCollection services) => services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();

    private static Task SignedInAsync(HttpContext context, RequestDelegate next, string claim)
    {
        context.User = new(new ClaimsIdentity([new(claim, "ada"), new("sid", "ada-1")], "test"));
        return next(context);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client)
    {
        using var answer = await client.GetAsync(new Uri("/rescue/me", UriKind.Relative), TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    // WebApplication would add the middleware by itself.
    private static Task<IHost> StartAsync(LogLines log, Action<IServiceCollection> services, Action<IApplicationBuilder> before) => new HostBuilder()
        .ConfigureLogging(logging => logging.AddProvider(log))
        .ConfigureWebHost(web => web.UseTestServer()
            .ConfigureServices(all =>
            {
                services(all.AddRouting());
                all.AddRescueSessions(options => options.Codes.PublicBaseUri = new(TestProduct.Base)).AddAspNetCore(options =>
                    options.Technician = user => user.FindFirstValue(ClaimTypes.NameIdentifier) is { } id ? new(id, id) : null);
            })
            .Configure(app =>
            {
                before(app);
                app.UseRouting().UseEndpoints(routes => routes.MapTechnicianSessions());
            }))
        .StartAsync(TestContext.Current.CancellationToken);

    private sealed class LogLines : ILoggerProvider, ILogger
    {
        public List<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Id is >= 308 and <= 311)
                Lines.Add(formatter(state, exception));
        }

        public void Dispose()
        {
        }
    }
}
