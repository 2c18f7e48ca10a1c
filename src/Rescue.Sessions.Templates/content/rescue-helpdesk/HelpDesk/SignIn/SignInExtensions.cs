using System.Security.Claims;
using HelpDesk.TechnicianConsole;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;

namespace HelpDesk.SignIn;

/// <summary>The product's own sign-in. Replace it by the one you have: Support/SupportExtensions.cs makes a technician of whoever is signed in.</summary>
internal static class SignInExtensions
{
    public static void AddSignIn(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<List<TechnicianAccount>>(builder.Configuration.GetSection("Technicians"), binder => binder.ErrorOnUnknownConfiguration = true);
        builder.Services.AddSingleton<TechnicianAccounts>();
        builder.Services.AddDataProtection().PersistKeysToFileSystem(new(Path.Combine(builder.Environment.ContentRootPath, builder.Configuration["Data"]!, "keys")));
        builder.Services.AddAuthorization();
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(options =>
        {
            options.LoginPath = "/signin";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Events.OnValidatePrincipal = RefuseWhoHasGone;
        });
    }

    public static void MapSignIn(this WebApplication app)
    {
        app.MapGet("/signin", () => Page.Html("Sign in", """
            <form method="post">
              <p><label>Name <input name="id" autocomplete="username" required autofocus></label></p>
              <p><label>Password <input name="password" type="password" autocomplete="current-password" required></label></p>
              <p><button>Sign in</button></p>
            </form>
            """)).AllowAnonymous();
        app.MapPost("/signin", SignInAsync).RequireSameOrigin().AllowAnonymous();
        app.MapPost("/signout", async (HttpContext context) =>
        {
            await context.SignOutAsync();
            return Results.Redirect("/signin");
        }).RequireSameOrigin();
    }

    private static Task RefuseWhoHasGone(CookieValidatePrincipalContext context)
    {
        if (context.HttpContext.RequestServices.GetRequiredService<TechnicianAccounts>().Find(context.Principal) is null)
            context.RejectPrincipal();
        return Task.CompletedTask;
    }

    private static async Task<IResult> SignInAsync(HttpContext context, TechnicianAccounts accounts)
    {
        var form = await context.Request.ReadFormAsync();
        var account = accounts.Find(form["id"]);
        if (!Passwords.AreRight(account, $"{form["password"]}"))
            return Page.Html("Sign in", """<p>That is not right. <a href="/signin">Try again</a></p>""", StatusCodes.Status401Unauthorized);
        var claims = new Claim[] { new(ClaimTypes.NameIdentifier, account!.Id), new(ClaimTypes.Name, account.Name) };
        await context.SignInAsync(new ClaimsPrincipal(new ClaimsIdentity(claims, CookieAuthenticationDefaults.AuthenticationScheme)));
        return Results.Redirect("/");
    }
}
