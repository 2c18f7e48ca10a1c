using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Rescue.Sessions.AspNetCore.Customers.Browser;

/// <summary>The modules of the browser's page. Their address names their content, so that a browser may keep them for good.</summary>
internal static class BrowserScripts
{
    public const string Main = "main.js";

    /// <summary>The guest's page, which uses some of the others.</summary>
    public const string Guest = "guest.js";

    private static readonly FrozenDictionary<string, byte[]> Files = Read();

    /// <summary>Every module of the customer's page, for a browser to fetch side by side.</summary>
    public static IEnumerable<string> Names { get; } = [.. Files.Keys.Where(name => name != Guest).Order(StringComparer.Ordinal)];

    /// <summary>Names the content of all modules together.</summary>
    public static string Version { get; } = Convert.ToHexStringLower(
        SHA256.HashData([.. Names.Append(Guest).SelectMany(name => Files[name])])[..8]);

    public static Results<FileContentHttpResult, NotFound> Send(HttpContext context, string version, string file)
    {
        if (!Files.TryGetValue(file, out var content))
            return TypedResults.NotFound();
        // While nodes are brought up to date, one may be asked for another's version: what it has serves for once.
        context.Response.Headers.CacheControl = version == Version ? "public, max-age=31536000, immutable" : "no-cache";
        return TypedResults.File(content, "text/javascript; charset=utf-8");
    }

    private static FrozenDictionary<string, byte[]> Read()
    {
        var assembly = typeof(BrowserScripts).Assembly;
        var folder = typeof(BrowserScripts).Namespace + ".";
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal) && name.EndsWith(".js", StringComparison.Ordinal))
            .ToFrozenDictionary(name => name[folder.Length..], name =>
            {
                using var stream = assembly.GetManifestResourceStream(name)!;
                using var bytes = new MemoryStream();
                stream.CopyTo(bytes);
                return bytes.ToArray();
            });
    }
}
