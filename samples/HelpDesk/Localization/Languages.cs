using System.Text.Json;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace HelpDesk.Localization;

/// <summary>The languages that the folder <c>wwwroot/lang</c> holds. A further language is a further file.</summary>
internal sealed class Languages
{
    public const string Cookie = "language";
    private const string Default = "en";

    private readonly Dictionary<string, Language> _byCode;
    private readonly Language _default;

    public Languages(IFileProvider webRoot)
    {
        _default = new Language(Default, Read(webRoot.GetFileInfo($"lang/{Default}.json")), fallback: null);
        _byCode = webRoot.GetDirectoryContents("lang")
            .Where(file => !file.IsDirectory && Path.GetExtension(file.Name) == ".json")
            .Select(file => (Code: Path.GetFileNameWithoutExtension(file.Name), File: file))
            .Select(found => found.Code == Default ? _default : new Language(found.Code, Read(found.File), _default))
            .ToDictionary(language => language.Code, StringComparer.OrdinalIgnoreCase);
    }

    public IEnumerable<Language> All => _byCode.Values.OrderBy(language => language.Code, StringComparer.Ordinal);

    public Language? Find(string? code) => code is null ? null : _byCode.GetValueOrDefault(code);

    /// <summary>The language that was chosen with the switch, otherwise the best of <c>Accept-Language</c> (RFC 9110, section 12.5.4).</summary>
    public Language For(HttpRequest request)
    {
        if (Find(request.Cookies[Cookie]) is { } chosen)
            return chosen;
        var accepted = request.GetTypedHeaders().AcceptLanguage.Where(range => range.Quality is not 0).OrderByDescending(range => range.Quality ?? 1);
        return accepted.Select(Match).FirstOrDefault(match => match is not null) ?? _default;
    }

    // Lookup as in RFC 4647, section 3.4: "fr-CA" is content with "fr".
    private Language? Match(StringWithQualityHeaderValue range)
    {
        for (var tag = range.Value.ToString(); tag.Length > 0; tag = tag[..Math.Max(0, tag.LastIndexOf('-'))])
        {
            if (Find(tag) is { } match)
                return match;
        }

        return null;
    }

    private static Dictionary<string, string> Read(IFileInfo file)
    {
        using var stream = file.CreateReadStream();
        return JsonSerializer.Deserialize<Dictionary<string, string>>(stream)
            ?? throw new InvalidDataException($"wwwroot/lang/{file.Name} is empty. It must hold one object of texts by key.");
    }
}
