using Microsoft.Extensions.DependencyInjection;

namespace Rescue.Sessions.Benchmarks.Web;

/// <summary>Organisations with host names of their own: so many in the options, and as many more in their administrators' settings.</summary>
internal static class ManyOrganizations
{
    /// <summary>Puts the first half into the options.</summary>
    public static void Configure(RescueSessionsOptions options, int count)
    {
        for (var number = 0; number < count; number++)
            options.Organizations[Configured(number)] = new() { Name = $"Configured {number}", PublicBaseUri = new($"https://c{number}.example/"), AccentColor = "#7a1fa2" };
    }

    /// <summary>Saves the second half.</summary>
    public static async Task SaveAsync(IServiceProvider services, int count)
    {
        var settings = services.GetRequiredService<SupportSettings>();
        for (var number = 0; number < count; number++)
        {
            var administrator = new Technician("admin", "Admin") { Groups = ["support"], Tenant = Saved(number) };
            var save = await settings.SaveOrganizationAsync(
                administrator, new() { Name = $"Saved {number}", PublicBaseUri = $"https://s{number}.example/", AccentColor = "#00695c" });
            if (save is not SettingsSave.Saved)
                throw new InvalidOperationException($"The organisation {number} was not saved: {save}");
        }
    }

    /// <summary>The tenants, those of the two halves in turn.</summary>
    public static string[] Tenants(int count) => [.. Enumerable.Range(0, count).SelectMany(number => (string[])[Configured(number), Saved(number)])];

    private static string Configured(int number) => $"configured-{number}";

    private static string Saved(int number) => $"saved-{number}";
}
