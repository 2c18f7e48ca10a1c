using Microsoft.AspNetCore.DataProtection;

namespace HelpDesk.Data;

internal static class SampleDataExtensions
{
    /// <summary>Creates the sample's data folder and keeps the data-protection keys there.</summary>
    public static SampleData AddSampleData(this WebApplicationBuilder builder)
    {
        var data = new SampleData(builder.Configuration["Data:Folder"]);
        builder.Services.AddSingleton(data);
        builder.Services.AddDataProtection().SetApplicationName("HelpDesk").PersistKeysToFileSystem(new DirectoryInfo(data.Keys));
        return data;
    }
}
