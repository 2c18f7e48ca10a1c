using System.Net;
using System.Security.Claims;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Rescue.Sessions.AspNetCore.Tests.OpenApi;
using Rescue.Sessions.Devices;
using Rescue.Sessions.Email;
using Rescue.Sessions.Hosting;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Stores;
using static Rescue.Sessions.Permissions.ConnectionRight;

namespace Rescue.Sessions.AspNetCore.Tests;

/// <summary>A product with the library in it, on a clock that stands still until it is moved. Who signs in is said by a header.</summary>
internal sealed class TestProduct : IAsyncDisposable
{
    public const string Base = "https://help.example.org/";
    private const string Who = "X-Technician";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly string[] Colleagues = ["alice", "bob", "carol"];

    private readonly WebApplication app;
    private readonly string prefix;
    private ApiContract? contract;
    private readonly string appletFile = Path.GetTempFileName();
    private readonly Channel<EndedRequest> ended = Channel.CreateUnbounded<EndedRequest>();

    private TestProduct(
        Action<RescueSessionsOptions>? configure, Action<RescueWebOptions>? web, string prefix, PermissionPolicy? policy, bool overTcp, bool asleep, bool sends,
        Action<EmailOptions>? email, ISessionStore? store, Action<RescueSessionsBuilder>? add)
    {
        this.prefix = prefix.TrimEnd('/');
        File.WriteAllText(appletFile, "the applet");
        var builder = WebApplication.CreateBuilder();
        if (overTcp)
            builder.WebHost.UseUrls("http://127.0.0.1:0");
        else
            builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders().AddProvider(Faults);
        builder.Services.AddSingleton<TimeProvider>(Time);
        if (sends)
            builder.Services.AddSingleton<IEmailDispatcher>(Sent);
        if (policy is not null)
            builder.Services.AddSingleton(policy);
        if (store is not null)
            builder.Services.AddSingleton(store);
        var rescue = builder.Services
            .AddRescueSessions(options =>
            {
                options.Codes.PublicBaseUri = new Uri(Base + prefix.TrimStart('/'));
                options.Organization.Name = "Acme & Sons";
                options.Codes.IssueLimit = 0;
                // Tests make the same session again and again, and mean it.
                options.Codes.RepeatWindow = TimeSpan.Zero;
                options.Technicians.Directory = (_, _) => new([.. Colleagues.Select(id => new TechnicianReference(id, $"Name of {id}"))]);
                options.Invitations.RecipientLimit = 0;
                options.Invitations.DistinctRecipients = 0;
                options.Permissions.Groups.Add(new() { Name = "all", Grants = [.. Enum.GetValues<ConnectionRight>()] });
                options.Permissions.Groups.Add(new() { Name = "few", Grants = [PrivateSessions, PinConnection] });
                configure?.Invoke(options);
            })
            .AddEmail(options =>
            {
                options.SenderAddress = "support@example.org";
                email?.Invoke(options);
            })
            .AddAspNetCore(options =>
            {
                options.Technician = user => user.FindFirst("id")?.Value.Split('/') is [var tenant, var id, var group]
                    ? new Technician(id, $"Name of {id}") { Tenant = tenant, Groups = [group], Email = $"{id}@example.org" }
                    : null;
                options.Applets[DevicePlatform.Windows] = appletFile;
                options.Applets[DevicePlatform.Linux] = appletFile;
                web?.Invoke(options);
            });
        add?.Invoke(rescue);
        if (asleep)
            builder.Services.RemoveAll<IHostedService>();
        app = builder.Build();
        app.Use((HttpContext context, RequestDelegate next) =>
        {
            if (context.Request.Headers[Who] is [{ } id])
                context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim("id", id)], "test"));
            context.Connection.RemoteIpAddress = IPAddress.Parse(context.Request.Headers["X-Address"] is [{ } address] ? address : "203.0.113.1");
            return next(context);
        });
        app.Use(NoteEndAsync);
        app.MapRescueSessions(prefix);
    }

    public ObservedTime Time { get; } = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    /// <summary>What the server logged as an error, such as an exception that an endpoint let through.</summary>
    public FaultLog Faults { get; } = new();

    public CapturingDispatcher Sent { get; } = new();

    /// <summary>Somebody without a sign-in, such as the customer and the applet.</summary>
    public HttpClient Anyone { get; private set; } = null!;

    /// <param name="configure">Sets the core's options.</param>
    /// <param name="web">Sets the endpoints' options.</param>
    /// <param name="prefix">Where the routes are mapped.</param>
    /// <param name="policy">The host's own rules; null for the groups'.</param>
    /// <param name="overTcp">Whether to listen on loopback, with a server's real reading of HTTP, instead of in memory.</param>
    /// <param name="asleep">Whether nothing runs in the background, as between two sweeps.</param>
    /// <param name="sends">Whether the product has something to send on behalf with.</param>
    /// <param name="email">Sets the options of emails.</param>
    /// <param name="map">Maps the host's own routes, before the library's.</param>
    /// <param name="store">Where sessions are kept; null for memory.</param>
    /// <param name="add">Adds what a product need not have.</param>
    /// <param name="contract">What every exchange is held against; null for nothing.</param>
    public static async Task<TestProduct> StartAsync(
        Action<RescueSessionsOptions>? configure = null,
        Action<RescueWebOptions>? web = null,
        string prefix = "",
        PermissionPolicy? policy = null,
        bool overTcp = false,
        bool asleep = false,
        bool sends = true,
        Action<EmailOptions>? email = null,
        Action<WebApplication>? map = null,
        ISessionStore? store = null,
        ApiContract? contract = null,
        Action<RescueSessionsBuilder>? add = null)
    {
        var product = new TestProduct(configure, web, prefix, policy, overTcp, asleep, sends, email, store, add);
        map?.Invoke(product.app);
        product.contract = contract;
        await product.app.StartAsync();
        product.Anyone = product.Client();
        return product;
    }

    public HttpClient Technician(string id = "alice", string group = "all", string tenant = "acme")
    {
        var client = Client();
        client.DefaultRequestHeaders.Add(Who, $"{tenant}/{id}/{group}");
        return client;
    }

    /// <summary>Somebody who keeps their own cookies.</summary>
    public HttpClient Client()
    {
        if (app.Services.GetRequiredService<IServer>() is TestServer server)
            return new HttpClient(Checked(server.CreateHandler())) { BaseAddress = server.BaseAddress };
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        // A client that goes must be gone at once.
        var connections = new SocketsHttpHandler { AllowAutoRedirect = false, ResponseDrainTimeout = TimeSpan.Zero };
        return new HttpClient(Checked(connections)) { BaseAddress = new Uri(addresses.Single()) };
    }

    public IServiceProvider Services => app.Services;

    /// <summary>Moves the clock, and lets everything that runs by it have its turn.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        var services = app.Services;
        Time.Advance(time);
        await services.GetRequiredService<Deadlines.OverdueSweep>().RunAsync(default);
        await services.GetRequiredService<Deadlines.SilenceSweep>().RunAsync(default);
        await services.GetRequiredService<Deadlines.AlarmSweep>().RunAsync(default);
        await services.GetRequiredService<Deadlines.GuestSweep>().RunAsync(default);
    }

    /// <summary>Waits without letting time pass.</summary>
    public Task UntilAsync(Func<Task<bool>> holds) => PassUntilAsync(TimeSpan.Zero, holds);

    /// <summary>Lets time pass step by step until a condition holds.</summary>
    public async Task PassUntilAsync(TimeSpan step, Func<Task<bool>> holds)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!await holds())
        {
            if (patience.IsCancellationRequested)
                throw new TimeoutException("The condition should hold by now.");
            Time.Advance(step);
            if (step == TimeSpan.Zero)
                await pause.WaitForNextTickAsync(CancellationToken.None);
            else
                // Behind what is queued already, so that the clock does not run away from what is about to work.
                await Task.Factory.StartNew(static () => { }, CancellationToken.None, TaskCreationOptions.PreferFairness, TaskScheduler.Default);
        }
    }

    /// <summary>Waits until the server has done with a request to the path, and tells which exception ended it, if one did.</summary>
    public async Task<Exception?> EndOfAsync(string path)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            if (await ended.Reader.ReadAsync(patience.Token) is { } request && request.Path == path)
                return request.Failure;
        }
    }

    public Task StopAsync() => app.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        File.Delete(appletFile);
    }

    private HttpMessageHandler Checked(HttpMessageHandler inner) => contract is null ? inner : new ContractHandler(contract, prefix, inner);

    private async Task NoteEndAsync(HttpContext context, RequestDelegate next)
    {
        Exception? failure = null;
        try
        {
            await next(context);
        }
        catch (Exception thrown)
        {
            failure = thrown;
            throw;
        }
        finally
        {
            ended.Writer.TryWrite(new(context.Request.Path, failure));
        }
    }

    private sealed record EndedRequest(string Path, Exception? Failure);

    internal sealed class CapturingDispatcher : IEmailDispatcher
    {
        public List<EmailMessage> Messages { get; } = [];

        public EmailDelivery Delivery => EmailDelivery.OnMyBehalf;

        public Task<DispatchResult> DispatchAsync(EmailMessage message, CancellationToken cancellationToken)
        {
            lock (Messages)
                Messages.Add(message);
            return Task.FromResult<DispatchResult>(new DispatchResult.Accepted("250 ok"));
        }
    }
}
