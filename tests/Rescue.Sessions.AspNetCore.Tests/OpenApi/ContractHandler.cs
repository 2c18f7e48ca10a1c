using System.Net;
using System.Net.Http.Json;

namespace Rescue.Sessions.AspNetCore.Tests.OpenApi;

/// <summary>Holds whatever a test's client asks and is answered against the document. What is mapped by a test's host is none of its business.</summary>
internal sealed class ContractHandler(ApiContract contract, string prefix, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = Uri.UnescapeDataString(request.RequestUri!.AbsolutePath);
        var operation = path.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? contract.Find(request.Method.Method, path[prefix.Length..]) : null;
        // A body that a test sends in pieces of its own is left alone.
        var sent = operation is not null && request.Content is StringContent or JsonContent ? await request.Content!.ReadAsStringAsync(cancellationToken) : null;
        var answer = await base.SendAsync(request, cancellationToken);
        if (operation is null || answer.StatusCode == HttpStatusCode.MethodNotAllowed)
            return answer;
        string? got = null;
        if (answer.Content.Headers.ContentType?.MediaType is "application/json" or "application/problem+json" && operation.Method != "HEAD")
        {
            await answer.Content.LoadIntoBufferAsync(cancellationToken);
            got = await answer.Content.ReadAsStringAsync(cancellationToken);
        }

        contract.Problems(operation, sent, answer, got).Should().BeEmpty("the document tells what goes over the wire");
        return answer;
    }
}
