using System.Security.Claims;
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
        var folder = Directory.CreateDirectory(Path.Combine(builder.Environment.ContentRootPath, settings["Data"]!)).FullName;
        var support = builder.Services
            .AddRescueSessions(options =>
            {
                rescue.BindExactly(options, "Email");
                options.Codes.Keys.Add(CodeKey.Of(settings, folder));
            })
            .AddEmail(options => rescue.GetSection("Email").BindExactly(options))
            .UseEntityFrameworkCore(database => database.UseSqlite($"Data Source={Path.Combine(folder, "helpdesk.db")}"))
            .AddAspNetCore(options =>
            {
                options.Technician = TechnicianOf;
                options.Browser.Offer = BrowserOffer.Always;
                OfferApplets(options, Path.Combine(builder.Environment.ContentRootPath, "applets"));
            });
        if (settings["Smtp:Host"] is { Length: > 0 } || !builder.Environment.IsDevelopment())
            support.UseSmtp(options => settings.GetSection("Smtp").BindExactly(options));
        else
            builder.Services.AddSingleton<CapturedMails>().AddSingleton<IEmailDispatcher>(services => services.GetRequiredService<CapturedMails>());
    }

    private static Technician? TechnicianOf(ClaimsPrincipal user) => user.FindFirstValue(ClaimTypes.NameIdentifier) is not { } id
        ? null
        : new(id, user.Identity!.Name ?? id) { Groups = [user.FindFirstValue(SignInExtensions.Group)!], Email = user.FindFirstValue(ClaimTypes.Email) };

    private static void OfferApplets(RescueWebOptions options, string folder)
    {
        foreach (var platform in (DevicePlatform[])[DevicePlatform.Windows, DevicePlatform.MacOS, DevicePlatform.Linux])
        {
            if (Path.Combine(folder, $"{platform}".ToLowerInvariant()) is var own && Directory.Exists(own))
                options.Applets[platform] = own;
        }
    }
}
