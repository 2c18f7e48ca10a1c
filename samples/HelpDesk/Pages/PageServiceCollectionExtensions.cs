using HelpDesk.Localization;

namespace HelpDesk.Pages;

internal static class PageServiceCollectionExtensions
{
    /// <summary>What the sample's pages need: components rendered on the server, and the languages.</summary>
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents();
        return services.AddSingleton(provider => new Languages(provider.GetRequiredService<IWebHostEnvironment>().WebRootFileProvider));
    }
}
