using System.Security.Cryptography;

namespace HelpDesk.Support;

/// <summary>The secret under which codes are stored: from the settings or, on one machine, from a file beside the database.</summary>
internal static class CodeKey
{
    public static string Of(IConfiguration configuration, string folder)
    {
        if (configuration["CodeKey"] is { Length: > 0 } key)
            return key;
        var file = Path.Combine(folder, "code.key");
        OwnersFile.Make(file, () => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        return File.ReadAllText(file);
    }
}
