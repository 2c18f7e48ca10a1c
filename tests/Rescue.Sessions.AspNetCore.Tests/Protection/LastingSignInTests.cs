using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.AspNetCore.Tests.Events;
using Rescue.Sessions.AspNetCore.Tests.Protection.SignIns;
using static Rescue.Sessions.Permissions.ConnectionRight;

namespace Rescue.Sessions.AspNetCore.Tests.Protection;

/// <summary>A technician whose stream is open while their sign-in ends: by what hosts sign in with, not by a function that a test turns off.</summary>
public sealed class LastingSignInTests
{
    private const string Events = "/rescue/sessions/events";

    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(5);

    private static readonly Dictionary<string, Action<Desk>> Lasting = new()
    {
        ["a middleware sets the user"] = desk => desk.After = context => context.User = new(new ClaimsIdentity([new("id", "acme/ada/all")], "desk")),
        ["the host finds them itself"] = desk => desk.FindsInContext(),
        ["a scheme that must see the request come"] = desk => desk.SignsInBy<ConnectionScheme>(),
        ["a sign-in that is good once"] = desk => desk.SignsInBy<OneTimeScheme>(),
        ["a middleware takes claims away"] = desk =>
        {
            desk.After = context => context.User = new(new ClaimsIdentity([], "desk"));
            desk.Web = options => options.Technician = user => user.Claims.Any() ? null : new("ada", "Ada") { Tenant = "acme", Groups = ["all"] };
        },
        ["a middleware fills a service of the request"] = desk =>
        {
            desk.Services = services => services.AddScoped<StaffRoom>();
            desk.After = context => context.RequestServices.GetRequiredService<StaffRoom>().Tenant = "acme";
            desk.Web = options => Desk.Finds(options, context =>
                context.RequestServices.GetRequiredService<StaffRoom>().Tenant is { } tenant ? new("ada", "Ada") { Tenant = tenant, Groups = ["all"] } : null);
        },
    };

    public static TheoryData<string> Ways => [.. Desk.Ways.Keys];

    // A claim that a transformation has taken away meanwhile looks like one that a middleware has added, and is kept.
    public static TheoryData<string> WaysThatTellOfNobody => [.. Desk.Ways.Keys.Except(["a policy", "a service that knows the request"])];

    public static TheoryData<string> LastingWays => [.. Lasting.Keys];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Stream_WhoseSignInEnds_EndsWithinSeconds(string way)
    {
        var desk = new Desk();
        Desk.Ways[way](desk);
        await using var product = await desk.StartAsync();
        using var ada = await Desk.SignInAsync(product);
        using var stream = await EventReader.OpenAsync(ada, Events);

        product.Time.Advance(AskEvery);
        await ada.CreateAsync();
        (await stream.NextAsync()).Should().NotBeNull("whoever is signed in stays");
        desk.Staff.HasAda = false;
        product.Time.Advance(AskEvery);

        (await stream.NextAsync()).Should().BeNull();
        (await product.EndOfAsync(Events)).Should().BeNull();
        product.Faults.All.Should().BeEmpty();
        product.Faults.Warnings.Should().NotContain(warning => warning.Contains("event stream"));
    }

    /// <summary>Between a request's sign-in and the first time that its stream is asked about, the store may be waited for.</summary>
    [Theory]
    [MemberData(nameof(WaysThatTellOfNobody))]
    public async Task Stream_WhoseSignInEndsWhileItOpens_EndsWithinSeconds(string way)
    {
        var desk = new Desk();
        Desk.Ways[way](desk);
        var configure = desk.Web;
        Action? leave = null;
        desk.Web = options =>
        {
            configure(options);
            var (technician, find) = (options.Technician, options.FindTechnician);
            options.Technician = null;
            options.FindTechnician = async context =>
            {
                var found = find is null ? technician!(context.User) : await find(context);
                Interlocked.Exchange(ref leave, null)?.Invoke();
                return found;
            };
        };
        await using var product = await desk.StartAsync();
        using var ada = await Desk.SignInAsync(product);
        using (await EventReader.OpenAsync(ada, Events))
            leave = Leave;

        using var stream = await EventReader.OpenAsync(ada, Events);
        var turns = 0;
        while (turns < 20 && await GoesOnAsync(product, stream))
            turns++;

        leave.Should().BeNull();
        turns.Should().BeLessThan(20);

        void Leave()
        {
            desk.Staff.HasAda = false;
            product.Time.Advance(TimeSpan.FromSeconds(8));
        }
    }

    [Fact]
    public async Task Stream_OfASignInThatIsGoodOnce_GoesOnThoughOthersOfItsSchemeLast()
    {
        var desk = new Desk();
        desk.SignsInBy<OneTimeScheme>();
        await using var product = await desk.StartAsync();
        using var lasting = product.Client();
        lasting.DefaultRequestHeaders.Authorization = new("Bearer", "a");
        using var proving = product.Client();
        proving.DefaultRequestHeaders.Authorization = new("DPoP", "b");
        using var first = await EventReader.OpenAsync(lasting, Events);

        using var second = await EventReader.OpenAsync(proving, Events);

        for (var turn = 0; turn < 3; turn++)
            (await GoesOnAsync(product, second)).Should().BeTrue();
        product.Faults.Warnings.Count(warning => warning.Contains("sign-in could not be asked", StringComparison.Ordinal)).Should().Be(1, "one of the two lasts");
    }

    [Theory]
    [MemberData(nameof(LastingWays))]
    public async Task Stream_WhoseSignInLasts_GoesOn(string way)
    {
        var desk = new Desk();
        Lasting[way](desk);
        await using var product = await desk.StartAsync();
        using var ada = await Desk.SignInAsync(product);
        using var stream = await EventReader.OpenAsync(ada, Events);

        for (var turn = 0; turn < 2; turn++)
        {
            product.Time.Advance(AskEvery);
            var created = await ada.CreateAsync();
            (await stream.NextAsync())!.Value.Text("sessionId").Should().Be(created.Text("id"));
        }
    }

    [Theory]
    [InlineData(1, 1, true)]
    [InlineData(2, 1, true)]
    [InlineData(1, 0, true)]
    [InlineData(2, 0, true)]
    [InlineData(3, 0, false)]
    public async Task Stream_WhoseSignInCannotBeAskedForAMoment_IsAskedAboutAllTheSame(int failures, int answersBeforeTheSignOut, bool ends)
    {
        var desk = new Desk();
        HttpContext? first = null;
        var again = 0;
        desk.Web = options => Desk.Finds(options, context =>
        {
            first ??= context;
            var ada = context.RequestServices.GetRequiredService<StaffContext>().Ada;
            return !ReferenceEquals(context, first) && Interlocked.Increment(ref again) <= failures
                ? throw new TimeoutException("The table is away for a moment.")
                : ada;
        });
        await using var product = await desk.StartAsync();
        using var ada = await Desk.SignInAsync(product);
        using var stream = await EventReader.OpenAsync(ada, Events);

        while (Volatile.Read(ref again) < failures + answersBeforeTheSignOut)
            (await GoesOnAsync(product, stream)).Should().BeTrue("whoever is signed in stays");
        desk.Staff.HasAda = false;
        var turns = 0;
        while (turns < 4 && await GoesOnAsync(product, stream))
            turns++;

        (turns < 4).Should().Be(ends);
        product.Faults.Warnings.Count(warning => warning.Contains("sign-in could not be asked", StringComparison.Ordinal)).Should().Be(ends ? 0 : 1);
    }

    [Fact]
    public async Task Stream_WhoseClientGoesWhileItOpens_IsNothingToWarnOf()
    {
        var desk = new Desk();
        HttpContext? first = null;
        desk.Web = options => Desk.Finds(options, context =>
        {
            if (first is null && context.Request.Path == Events)
            {
                first = context;
            }
            else if (first is not null)
            {
                first.Abort();
                throw new OperationCanceledException(first.RequestAborted);
            }

            return new("ada", "Ada") { Tenant = "acme", Groups = ["all"] };
        });
        await using var product = await desk.StartAsync();
        using var ada = await Desk.SignInAsync(product);

        var open = () => ada.GetAsync(new Uri(Events, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

        await open.Should().ThrowAsync<HttpRequestException>();
        await product.EndOfAsync(Events);
        product.Faults.Warnings.Should().BeEmpty();
        product.Faults.All.Should().BeEmpty();
    }

    [Fact]
    public async Task Streams_AskedAboutThroughTheRequest_AreEachTheirOwn()
    {
        var desk = new Desk { Services = services => services.AddHttpContextAccessor() };
        desk.Web = options => Desk.Finds(options, context =>
            context.RequestServices.GetRequiredService<IHttpContextAccessor>().HttpContext!.Request.Headers["X-Who"] is [{ } who] ? new(who, who) { Tenant = "acme", Groups = ["all"] } : null);
        await using var product = await desk.StartAsync();
        using var ada = product.Client();
        ada.DefaultRequestHeaders.Add("X-Who", "ada");
        using var alan = product.Client();
        alan.DefaultRequestHeaders.Add("X-Who", "alan");
        using var first = await EventReader.OpenAsync(ada, Events);
        using var second = await EventReader.OpenAsync(alan, Events);

        product.Time.Advance(AskEvery);
        await ada.CreateAsync();

        (await first.NextAsync()).Should().NotBeNull();
        (await second.NextAsync()).Should().NotBeNull();
    }

    [Fact]
    public async Task Stream_OfSomebodyDemoted_ShowsWhatTheyMayStillSee()
    {
        var desk = new Desk();
        desk.FindsInContext();
        await using var product = await desk.StartAsync(options =>
        {
            options.Technicians.OwnSessionsOnly = true;
            options.Permissions.Groups.Add(new() { Name = "own", Grants = [PrivateSessions, PinConnection] });
        });
        using var ada = await Desk.SignInAsync(product);
        using var stream = await EventReader.OpenAsync(ada, Events);
        var alan = new Technician("alan", "Alan") { Tenant = "acme", Groups = ["all"] };
        var invitations = product.Services.GetRequiredService<SupportInvitations>();

        await invitations.CreateAsync(alan, new("Grace"), cancellationToken: TestContext.Current.CancellationToken);
        (await stream.NextAsync()).Should().NotBeNull();
        desk.Staff.Group = "own";
        product.Time.Advance(AskEvery);
        await invitations.CreateAsync(alan, new("Grace"), cancellationToken: TestContext.Current.CancellationToken);
        var hers = await ada.CreateAsync();

        (await stream.NextAsync())!.Value.Text("sessionId").Should().Be(hers.Text("id"));
    }

    // Whether the stream tells of what a colleague does after it was asked about once more.
    private static async Task<bool> GoesOnAsync(TestProduct product, EventReader stream)
    {
        product.Time.Advance(AskEvery);
        var alan = new Technician("alan", "Alan") { Tenant = "acme", Groups = ["all"] };
        await product.Services.GetRequiredService<SupportInvitations>().CreateAsync(alan, new("Grace"), cancellationToken: TestContext.Current.CancellationToken);
        while (await stream.NextAsync() is { } happened)
        {
            if (happened.TryGetProperty("sessionId", out _))
                return true;
        }

        return false;
    }
}
