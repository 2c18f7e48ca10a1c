using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Rescue.Sessions.AspNetCore.Descriptions;

namespace Rescue.Sessions.AspNetCore.OpenApi;

/// <summary>Puts the library's operations into a host's document as they are described beside their handlers. Other operations stay as they are.</summary>
/// <param name="wire">How bodies and views are written.</param>
internal sealed class OperationTransformer(JsonSerializerOptions wire) : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(context);
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<OperationAttribute>().FirstOrDefault() is not { } described)
            return Task.CompletedTask;
        var isHead = HttpMethods.IsHead(context.Description.HttpMethod!);
        operation.OperationId = isHead ? $"{described.Id}Head" : described.Id;
        operation.Summary = described.Summary;
        operation.Description = described.Details;
        var document = context.Document!;
        var writer = new OperationWriter(document, metadata, wire);
        operation.Parameters = writer.Parameters(operation.Parameters);
        operation.RequestBody = writer.Body();
        operation.Responses = writer.Answers(isHead);
        operation.Security = writer.Security();
        return Task.CompletedTask;
    }
}
