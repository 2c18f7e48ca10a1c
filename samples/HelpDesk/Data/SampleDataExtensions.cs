using Microsoft.AspNetCore.DataProtection;

namespace HelpDesk.Data;

internal static partial class SampleDataExtensions
{
    /// <summary>Creates the sample's data folder and keeps the data-protection keys there.</summary>
    public static SampleData AddSampleData(this WebApplicationBuilder builder)
    {
        var data = new SampleData(builder.Configuration["Data:Folder"]);
        data.KeepPrivate(data.PathOf(CodeKey.FileName));
        builder.Services.AddSingleton(data);
        builder.Services.AddDataProtection().SetApplicationName("HelpDesk").PersistKeysToFileSystem(new DirectoryInfo(data.Keys));
        return data;
    }

    /// <summary>Says which files of secrets others could read until now, since what they have read they know.</summary>
    public static void SayWhatWasOpen(this WebApplication app)
    {
        foreach (var path in app.Services.GetRequiredService<SampleData>().Mended)
            OthersCouldRead(app.Logger, path);
    }

    [LoggerMessage(1, LogLevel.Warning,
        "{Path} could be read by other users of this machine and is now its owner's alone. What stood in it until now they may know")]
    private static partial void OthersCouldRead(ILogger logger, string path);
}
