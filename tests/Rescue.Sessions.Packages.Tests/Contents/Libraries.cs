namespace Rescue.Sessions.Packages.Contents;

/// <summary>The packages that hold a library, each with what it may bring into a host.</summary>
internal static class Libraries
{
    public static readonly IReadOnlyDictionary<string, string[]> DependenciesOf = new Dictionary<string, string[]>
    {
        ["Rescue.Sessions"] =
        [
            "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Diagnostics.HealthChecks", "Microsoft.Extensions.Hosting.Abstractions",
            "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.Options",
        ],
        ["Rescue.Sessions.Email"] = ["Rescue.Sessions", "MailKit", "MimeKit", "Scriban.Signed"],
        ["Rescue.Sessions.EntityFrameworkCore"] = ["Rescue.Sessions", "Microsoft.EntityFrameworkCore.Relational"],
        ["Rescue.Sessions.AspNetCore"] = ["Rescue.Sessions", "Rescue.Sessions.Email", "Microsoft.AspNetCore.OpenApi", "QRCoder"],
        ["Rescue.Sessions.Testing"] =
            ["Rescue.Sessions", "Rescue.Sessions.Email", "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.TimeProvider.Testing"],
        ["Rescue.Sessions.Contracts"] = ["Rescue.Sessions", "Rescue.Sessions.Email", "CsCheck", "FluentAssertions", "xunit.v3.assert", "xunit.v3.extensibility.core"],
        ["Rescue.Sessions.Applet"] = ["Microsoft.Extensions.Http"],
    };

    public static TheoryData<string> All => [.. DependenciesOf.Keys];

    /// <summary>These, and those that hold no library.</summary>
    public static TheoryData<string> Everything => [.. DependenciesOf.Keys, "Rescue.Sessions.Components", "Rescue.Sessions.Templates"];

    /// <summary>Those whose every type is documented; the contracts are tests, which are called what they hold.</summary>
    public static TheoryData<string> Documented => [.. DependenciesOf.Keys.Where(id => id != "Rescue.Sessions.Contracts")];
}
