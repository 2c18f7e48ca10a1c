namespace HelpDesk.Pages;

internal static class ElementExtensions
{
    /// <summary>The files of Rescue.Sessions.Components, from wherever the sample is started.</summary>
    public static void AddElements(this WebApplicationBuilder builder)
    {
        // In Development the framework does so itself, and where it is published the files lie among the others.
        if (!builder.Environment.IsDevelopment())
            builder.WebHost.UseStaticWebAssets();
        builder.Services.AddResponseCompression();
    }

    /// <summary>
    /// They, and the lists that they show first, are sent small. No code and no key is in them, and nothing of what was asked, so that compressing tells nobody
    /// anything.
    /// </summary>
    public static void UseElements(this WebApplication app) => app.UseWhen(
        context => context.Request.Path.StartsWithSegments("/_content", StringComparison.Ordinal) || context.Request.Path == "/rescue/sessions",
        elements => elements.UseResponseCompression());
}
