using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NSwag;
using NSwag.CodeGeneration.CSharp;
using NSwag.CodeGeneration.OperationNameGenerators;
using Rescue.Sessions.AspNetCore.Tests.OpenApi;

namespace Rescue.Sessions.AspNetCore.Tests.Client;

/// <summary>What a customary generator makes of the document compiles, and goes the whole way: the document is fit for programs that know nothing else.</summary>
public sealed class GeneratedClientTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Client_Compiles_AndGoesFromTheInvitationToTheEnd()
    {
        var journey = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Client", "Journey.cs"), Ct);
        var program = Compile(await GenerateAsync(), journey);
        await using var product = await TestProduct.StartAsync();
        using var applet = product.Technician();

        var steps = await (Task<IReadOnlyList<string>>)program.GetType("Journey")!.GetMethod("RunAsync")!
            .Invoke(null, [product.Technician(), product.Technician("bob"), applet])!;

        steps.Should().Equal("Connecting", "mailto", "Waiting", "Active", "Name of alice", "409 AlreadyStarted by alice", "Closed ByTechnician", "Start by Name of alice", "1 closed");
    }

    private static async Task<string> GenerateAsync()
    {
        var contract = await ApiContract.SharedAsync();
        var document = await OpenApiDocument.FromJsonAsync(contract.Document.GetRawText(), Ct);
        var settings = new CSharpClientGeneratorSettings
        {
            ClassName = "RescueClient", ExceptionClass = "RescueException", OperationNameGenerator = new SingleClientFromOperationIdOperationNameGenerator(),
            InjectHttpClient = true, UseBaseUrl = false, GenerateOptionalParameters = true,
        };
        settings.CSharpGeneratorSettings.Namespace = "Acme.Generated";
        settings.CSharpGeneratorSettings.JsonLibrary = NJsonSchema.CodeGeneration.CSharp.CSharpJsonLibrary.SystemTextJson;
        settings.CSharpGeneratorSettings.GenerateNullableReferenceTypes = true;
        return new CSharpClientGenerator(document, settings).GenerateFile();
    }

    private static Assembly Compile(params string[] sources)
    {
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(file => MetadataReference.CreateFromFile(file));
        var compilation = CSharpCompilation.Create(
            "Acme.Generated", sources.Select(source => CSharpSyntaxTree.ParseText(source, cancellationToken: Ct)), platform,
            new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        using var image = new MemoryStream();
        compilation.Emit(image, cancellationToken: Ct).Diagnostics.Where(problem => problem.Severity == DiagnosticSeverity.Error).Should().BeEmpty();
        image.Position = 0;
        return new AssemblyLoadContext("generated client", isCollectible: true).LoadFromStream(image);
    }
}
