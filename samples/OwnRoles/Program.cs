using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using OwnRoles;
using Rescue.Sessions;
using Rescue.Sessions.Permissions;

var builder = WebApplication.CreateBuilder(args);

builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();   // your own sign-in
builder.Services.AddSingleton<PermissionPolicy, RolePolicy>();                                       // your own rules
builder.Services
    .AddRescueSessions(options => options.Codes.PublicBaseUri = new Uri("https://help.acme.example/"))
    .AddEmail(options => options.SenderAddress = "support@acme.example")
    .UseSmtp(options => options.Host = "smtp.acme.example")
    .AddAspNetCore(options => options.Technician = user => user.FindFirstValue(ClaimTypes.NameIdentifier) is not { } id
        ? null
        : new Technician(id, user.Identity!.Name ?? id) { Groups = [.. user.FindAll(ClaimTypes.Role).Select(role => role.Value)] });

var app = builder.Build();
app.MapRescueSessions();
app.Run();
