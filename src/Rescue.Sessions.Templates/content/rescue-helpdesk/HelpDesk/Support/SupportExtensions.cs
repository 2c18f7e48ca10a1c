using HelpDesk.Inbox;
using HelpDesk.SignIn;
using Microsoft.EntityFrameworkCore;
using Rescue.Sessions;
using Rescue.Sessions.AspNetCore;
using Rescue.Sessions.Devices;
using Rescue.Sessions.Email;

namespace HelpDesk.Support;

internal static class SupportExtensions
{
    public static void AddSupport(this WebApplicationBuilder builder)
    {
        var settings = builder.Configuration;
        var rescue = settings.GetSection("Rescue");
        var folder = OwnersFile.CreateFolder(Path.Combine(builder.Environment.ContentRootPath, settings["Data"]!));
        var database = Path.Combine(folder, "helpdesk.db");
        // SQLite would make it as everybody's.
        OwnersFile.Make(database, () => "");
        var support = builder.Services
            .AddRescueSessions(options =>
            {
                rescue.BindExactly(options, "Email");
                options.Codes.Keys.Add(CodeKey.Of(settings, folder));
            })
            .AddEmail(options => rescue.GetSection("Email").BindExactly(options))
            .UseEntityFrameworkCore(options => options.UseSqlite($"Data Source={database}"))
            .AddAspNetCore(options =>
            {
                options.FindTechnician = context => new(TechnicianOf(context));
                options.Browser.Offer = BrowserOffer.Always;
                OfferApplets(options, Path.Combine(builder.Environment.ContentRootPath, "applets"));
            });
        if (settings["Smtp:Host"] is { Length: > 0 } || !builder.Environment.IsDevelopment())
            support.UseSmtp(options => settings.GetSection("Smtp").BindExactly(options));
        else
            builder.Services.AddSingleton<CapturedMails>().AddSingleton<IEmailDispatcher>(services => services.GetRequiredService<CapturedMails>());
    }

    // From the settings as they are now: whoever got another group has its rights at once.
    private static Technician? TechnicianOf(HttpContext context) => context.RequestServices.GetRequiredService<TechnicianAccounts>().Find(context.User) is { } account
        ? new(account.Id, account.Name) { Groups = [account.Group], Email = account.Email }
        : null;

    private static void OfferApplets(RescueWebOptions options, string folder)
    {
        foreach (var platform in (DevicePlatform[])[DevicePlatform.Windows, DevicePlatform.MacOS, DevicePlatform.Linux])
        {
            if (Path.Combine(folder, $"{platform}".ToLowerInvariant()) is var own && Directory.Exists(own))
                options.Applets[platform] = own;
        }
    }
}
