using HelpDesk.Inbox;
using HelpDesk.SignIn;
using HelpDesk.Support;
using HelpDesk.TechnicianConsole;

if (args is ["hash-password"])
{
    Console.Write("Password: ");
    Console.WriteLine(Passwords.Hash(Console.ReadLine() ?? ""));
    return;
}

var builder = WebApplication.CreateBuilder(args);
builder.AddSignIn();
builder.AddSupport();

var app = builder.Build();
app.UseStaticFiles();
app.UseAuthentication();
app.UseAuthorization();
app.MapSignIn();
app.MapConsole();
app.MapRescueSessions();
if (app.Environment.IsDevelopment())
    app.MapInbox();
app.Run();
