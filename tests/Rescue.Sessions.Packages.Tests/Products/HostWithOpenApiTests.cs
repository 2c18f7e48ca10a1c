using Rescue.Sessions.Packages.Feed;

namespace Rescue.Sessions.Packages.Products;

/// <summary>A host that describes its routes with the package that comes along with ours.</summary>
public sealed class HostWithOpenApiTests(PackedFeed feed)
{
    private const string Program = """
        using Rescue.Sessions;

        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddOpenApi();
        builder.Services.AddRescueSessions(options => options.Codes.PublicBaseUri = new("https://help.acme.example/")).AddAspNetCore(options => options.Technician = _ => null);
        var app = builder.Build();
        app.MapOpenApi();
        app.MapRescueSessions();
        app.Run();
        """;

    [Fact]
    public async Task Host_WithOpenApi_BuildsWithoutAPackageOfItsOwn()
    {
        using var product = new ProductFolder();
        await feed.LetRestoreAsync(product.Path);
        await Dotnet.SucceedAsync(product.Path, ["new", "web", "--name", "Acme", "--output", ".", "--no-restore", .. product.OwnTemplates]);
        await Dotnet.SucceedAsync(product.Path, "add", "package", "Rescue.Sessions.AspNetCore", "--version", PackedFeed.Version, "--no-restore");
        await product.WriteAsync("Program.cs", Program);

        var built = await Dotnet.SucceedAsync(product.Path, "build");

        built.Should().Contain(" 0 Warning(s)");
    }
}
