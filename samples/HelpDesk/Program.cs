using HelpDesk;
using HelpDesk.Data;
using HelpDesk.Inbox;
using HelpDesk.Localization;
using HelpDesk.Pages;
using HelpDesk.SignIn;
using HelpDesk.TechnicianConsole;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.UseDefaultAddress();
builder.AddSampleData();
builder.Services.AddSignIn();
builder.Services.AddInbox();
builder.Services.AddPages();

var app = builder.Build();
app.UseStaticFiles();
app.UseAuthentication();
app.UseAuthorization();
app.MapSignIn();
app.MapLanguageSwitch();
app.MapInbox();
app.MapConsole();
app.AnnounceAddress();
app.Run();
