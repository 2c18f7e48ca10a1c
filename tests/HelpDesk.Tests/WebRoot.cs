using HelpDesk.Localization;
using Microsoft.Extensions.FileProviders;

namespace HelpDesk.Tests;

/// <summary>The sample's files, as they lie beside the program.</summary>
internal static class WebRoot
{
    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "wwwroot");

    public static Languages Languages { get; } = new(new PhysicalFileProvider(Path));
}
