using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Rescue.Sessions.AspNetCore.Tests.Protection.SignIns;

/// <summary>A host with a sign-in of its own, and one that goes out: until then Ada is in.</summary>
internal sealed class Desk
{
    public const string Cookies = CookieAuthenticationDefaults.AuthenticationScheme;

    private const string Remote = "remote";

    /// <summary>The ways in which a technician is signed in and then is not, by what tells.</summary>
    public static IReadOnlyDictionary<string, Action<Desk>> Ways { get; } = new Dictionary<string, Action<Desk>>
    {
        ["the cookie's own event"] = desk => desk.RejectsCookies(),
        ["the cookie's time"] = desk => desk.Cookie = options => options.ExpireTimeSpan = TimeSpan.FromSeconds(7),
        ["a policy's schemes"] = desk =>
        {
            desk.RejectsCookies();
            desk.Default = "another";
            desk.Schemes = schemes => schemes.AddCookie("another");
            desk.Policy = policy => policy.AddAuthenticationSchemes("another", Cookies).RequireAuthenticatedUser();
        },
        ["a policy"] = desk =>
        {
            desk.Services = services => services.AddScoped<IClaimsTransformation, StaffRoles>();
            desk.Policy = policy => policy.RequireRole("desk");
        },
        ["a scheme of the host's own"] = desk => desk.SignsInBy<StaffScheme>(),
        ["the cookie of a remote sign-in"] = desk =>
        {
            desk.RejectsCookies();
            desk.Default = Remote;
            desk.Properties[".AuthScheme"] = Remote;
            desk.Schemes = schemes => schemes.AddOAuth(Remote, options =>
            {
                options.SignInScheme = Cookies;
                options.CallbackPath = "/back";
                options.ClientId = options.ClientSecret = "desk";
                options.AuthorizationEndpoint = options.TokenEndpoint = "https://id.example.org/";
            });
        },
        ["the cookie's own event, and a middleware that adds to the user"] = desk =>
        {
            desk.RejectsCookies();
            desk.Web = options => options.Technician = user => user.HasClaim("desk", "yes") ? new("ada", "Ada") { Tenant = "acme", Groups = ["all"] } : null;
            desk.After = context => context.User.AddIdentity(new([new("desk", "yes")]));
        },
        ["the cookie's own event, and a middleware that sets the user"] = desk =>
        {
            desk.RejectsCookies();
            desk.After = context => context.User = new(new ClaimsIdentity([new("id", "acme/ada/all"), new("desk", "yes")], "desk"));
            desk.Web = options => options.Technician = user => user.HasClaim("desk", "yes") ? new("ada", "Ada") { Tenant = "acme", Groups = ["all"] } : null;
        },
        ["a service of the request"] = desk => desk.FindsInContext(),
        ["a service that knows the request"] = desk =>
        {
            desk.Services = services => services.AddHttpContextAccessor().AddScoped<IClaimsTransformation, StaffRoles>();
            desk.Web = options => Finds(options, context =>
                context.RequestServices.GetRequiredService<IHttpContextAccessor>().HttpContext!.User.IsInRole("desk") ? new("ada", "Ada") { Tenant = "acme", Groups = ["all"] } : null);
        },
    };

    public Staff Staff { get; } = new();

    public string Default { get; set; } = Cookies;

    public Dictionary<string, string?> Properties { get; } = [];

    public Action<CookieAuthenticationOptions> Cookie { get; set; } = _ => { };

    public Action<AuthenticationBuilder> Schemes { get; set; } = _ => { };

    public Action<IServiceCollection> Services { get; set; } = _ => { };

    public Action<RescueWebOptions> Web { get; set; } = _ => { };

    public Action<AuthorizationPolicyBuilder>? Policy { get; set; }

    /// <summary>What a middleware does behind the sign-in.</summary>
    public Action<HttpContext> After { get; set; } = _ => { };

    /// <summary>The product, on a server that reads HTTP in earnest: an answer that has begun cannot be changed.</summary>
    public Task<TestProduct> StartAsync(Action<RescueSessionsOptions>? configure = null) => TestProduct.StartAsync(
        configure,
        Web,
        overTcp: true,
        add: rescue =>
        {
            Schemes(rescue.Services.AddAuthentication(Default).AddCookie(options => Cookie(options)));
            Services(rescue.Services.AddSingleton(Staff).AddScoped<StaffContext>());
            if (Policy is null)
                return;
            var policy = new AuthorizationPolicyBuilder();
            Policy(policy);
            rescue.Services.AddAuthorizationBuilder().SetFallbackPolicy(policy.Build());
        },
        map: app =>
        {
            app.MapPost("/staff", () => Results.SignIn(
                new(new ClaimsIdentity([new("id", "acme/ada/all")], "staff")), new(new Dictionary<string, string?>(Properties)), Cookies)).AllowAnonymous();
            app.Use((HttpContext context, RequestDelegate next) =>
            {
                After(context);
                return next(context);
            });
        });

    public static async Task<HttpClient> SignInAsync(TestProduct product)
    {
        var client = product.Client();
        using var answer = await client.PostAsync(new Uri("/staff", UriKind.Relative), null, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        return client;
    }

    public void SignsInBy<TScheme>()
        where TScheme : AuthenticationHandler<AuthenticationSchemeOptions>
    {
        Default = "staff";
        Schemes = schemes => schemes.AddScheme<AuthenticationSchemeOptions, TScheme>("staff", null);
    }

    public void FindsInContext() => Web = options => Finds(options, context => context.RequestServices.GetRequiredService<StaffContext>().Ada);

    // As that of ASP.NET Core's Identity does, which signs out what it rejects.
    private void RejectsCookies() => Cookie = options => options.Events.OnValidatePrincipal = context =>
    {
        if (Staff.HasAda)
            return Task.CompletedTask;
        context.RejectPrincipal();
        return context.HttpContext.SignOutAsync(Cookies);
    };

    public static void Finds(RescueWebOptions options, Func<HttpContext, Technician?> find)
    {
        options.Technician = null;
        options.FindTechnician = context => new(find(context));
    }
}
