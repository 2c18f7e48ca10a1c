using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Rescue.Sessions;
using Rescue.Sessions.Permissions;
using static Rescue.Sessions.Permissions.ConnectionRight;

var builder = WebApplication.CreateBuilder(args);

builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();   // your own sign-in
builder.Services
    .AddRescueSessions(options =>
    {
        options.Organization.Name = "Acme Support";
        options.Codes.PublicBaseUri = new Uri("https://help.acme.example/");
        options.Permissions.Groups.Add(new TechnicianGroup
        {
            Name = "support", Grants = [PrivateSessions, EmailConnection, EmailDefaultClient, EmailOnBehalf, PinConnection],
        });
    })
    .AddEmail(options => options.SenderAddress = "support@acme.example")
    .UseSmtp(options => options.Host = "smtp.acme.example")
    .AddAspNetCore(options => options.Technician = user => user.FindFirstValue(ClaimTypes.NameIdentifier) is not { } id
        ? null
        : new Technician(id, user.Identity!.Name ?? id) { Groups = ["support"], Email = user.FindFirstValue(ClaimTypes.Email) });

var app = builder.Build();
app.MapRescueSessions();
app.Run();
