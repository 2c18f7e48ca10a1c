using HelpDesk.Data;
using HelpDesk.Organizations;
using HelpDesk.SignIn;
using HelpDesk.Technicians;
using Microsoft.AspNetCore.Hosting.Server;
using Rescue.Sessions;
using Rescue.Sessions.AspNetCore;
using Rescue.Sessions.Devices;

namespace HelpDesk.Support;

/// <summary>Puts the library into the product: options from the section <c>Rescue</c>.</summary>
internal static class SupportServiceCollectionExtensions
{
    public static void AddSupport(this WebApplicationBuilder builder, SampleData data)
    {
        var rescue = builder.Configuration.GetSection("Rescue");
        var support = builder.Services
            .AddRescueSessions(options =>
            {
                TechnicianGroups.Tree.ForEach(options.Permissions.Groups.Add);
                rescue.BindExactly(options, "Email", "Webhooks", "Browser");
                if (options.Codes.Keys.Count == 0 && builder.Environment.IsDevelopment())
                    options.Codes.Keys.Add(CodeKey.ReadOrMake(data));
            })
            .UseEntityFrameworkCore(SupportStore.From(builder.Configuration, data))
            .AddEmail(options =>
            {
                rescue.GetSection("Email").BindExactly(options);
                options.Placeholders.AddTickets(builder.Configuration);
            })
            .UseSmtp()
            .AddWebhooks(options => rescue.GetSection("Webhooks").BindExactly(options))
            .AddAspNetCore(options =>
            {
                options.Technician = TechnicianClaims.Read;
                options.Tenant = SampleOrganizations.Acme;
                options.Browser.Scripts.Add("/js/at-active/customer.js");
                options.Browser.GuestScripts.Add("/js/at-active/guest.js");
                rescue.GetSection("Browser").BindExactly(options.Browser);
                AddApplets(options.Applets);
            });
        support.AddSmsGateway(builder.Configuration);
        builder.Services.AddOptions<RescueSessionsOptions>().Configure<IServer, IConfiguration>(PublicAddress.Follow);
        // The development sign-ins are all the technicians there are; a host would ask its own directory.
        if (builder.Environment.IsDevelopment())
            builder.Services.AddOptions<RescueSessionsOptions>().Configure<DisabledTechnicians>((options, disabled) => options.Technicians.Directory = (tenant, _) => new(InTenant(tenant, disabled)));
    }

    private static TechnicianReference[] InTenant(string tenant, DisabledTechnicians disabled) =>
    [
        .. DevelopmentTechnicians.Of(tenant)
            .Where(technician => !disabled.Contains(technician.Id))
            .Select(technician => new TechnicianReference(technician.Id, technician.Name)),
    ];

    private static void AddApplets(IDictionary<DevicePlatform, string> applets)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "applets");
        foreach (var platform in (ReadOnlySpan<DevicePlatform>)[DevicePlatform.Windows, DevicePlatform.MacOS, DevicePlatform.Linux])
        {
            var path = Path.Combine(folder, platform.ToName());
            if (Directory.Exists(path))
                applets[platform] = path;
        }
    }
}
