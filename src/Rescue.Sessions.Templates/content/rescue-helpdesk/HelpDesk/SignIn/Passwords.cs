using Microsoft.AspNetCore.Identity;

namespace HelpDesk.SignIn;

internal static class Passwords
{
    private static readonly PasswordHasher<TechnicianAccount> Hasher = new();

    // Whoever is unknown takes as long as whoever is known.
    private static readonly string Nobody = Hash(Guid.NewGuid().ToString());

    public static string Hash(string password) => Hasher.HashPassword(new(), password);

    public static bool AreRight(TechnicianAccount? account, string password)
    {
        var hash = account is { PasswordHash.Length: > 0 } ? account.PasswordHash : Nobody;
        return Hasher.VerifyHashedPassword(account ?? new(), hash, password) != PasswordVerificationResult.Failed && account is { PasswordHash.Length: > 0 };
    }
}
