using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Rescue.Sessions.Applet.Tests.Support;

/// <summary>An event stream that a test writes piece by piece.</summary>
internal sealed class EventSource
{
    private readonly Pipe _pipe = new();

    public Task<HttpResponseMessage> OpenAsync()
    {
        var response = new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(_pipe.Reader.AsStream()) };
        response.Content.Headers.ContentType = new MediaTypeHeaderValue("text/event-stream") { CharSet = "utf-8" };
        return Task.FromResult(response);
    }

    /// <returns>Whether somebody still reads.</returns>
    public async Task<bool> WriteAsync(string text) => await WriteAsync(Encoding.UTF8.GetBytes(text));

    /// <returns>Whether somebody still reads.</returns>
    public async Task<bool> WriteAsync(byte[] bytes) => !(await _pipe.Writer.WriteAsync(bytes)).IsCompleted;

    /// <summary>Ends the stream, as a server that restarts does.</summary>
    public async Task EndAsync() => await _pipe.Writer.CompleteAsync();

    /// <summary>Breaks the stream, as a network does.</summary>
    public async Task BreakAsync() => await _pipe.Writer.CompleteAsync(new IOException("The connection was reset."));
}
