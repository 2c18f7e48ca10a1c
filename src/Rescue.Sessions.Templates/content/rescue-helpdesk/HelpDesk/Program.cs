using HelpDesk.Inbox;
using HelpDesk.SignIn;
using HelpDesk.Support;
using HelpDesk.TechnicianConsole;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;

if (args is ["hash-password"])
{
    Console.Write("Password: ");
    Console.WriteLine(Passwords.Hash(Console.ReadLine() ?? ""));
    return;
}

var builder = WebApplication.CreateBuilder(args);
builder.AddSignIn();
builder.AddSupport();
builder.Services.AddHealthChecks().AddRescueSessions();

var app = builder.Build();
app.UseStaticFiles();
app.UseAuthentication();
app.UseAuthorization();
app.MapSignIn();
app.MapConsole();
app.MapRescueSessions();
app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready") }).AllowAnonymous();
if (app.Environment.IsDevelopment())
    app.MapInbox();
app.Run();
