using System.Security.Cryptography;

namespace HelpDesk.Data;

/// <summary>The key under which codes are kept, made once and kept in a file. For Development: a product gets its keys from its secret store.</summary>
internal static class CodeKey
{
    public const string FileName = "code.key";
    private const int Bytes = 32;

    public static string ReadOrMake(SampleData data)
    {
        var file = data.PathOf(FileName);
        if (!File.Exists(file))
            Make(file);
        return File.ReadAllText(file).Trim();
    }

    // Of several copies that start at once one makes the key, and it is never seen half-written.
    private static void Make(string file)
    {
        using var alone = OwnersFile.Lock($"{file}.lock");
        if (File.Exists(file))
            return;
        var draft = $"{file}.{Path.GetRandomFileName()}";
        OwnersFile.Create(draft, Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes)));
        File.Move(draft, file);
    }
}
