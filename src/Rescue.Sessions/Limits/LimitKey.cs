using System.Security.Cryptography;
using System.Text;

namespace Rescue.Sessions.Limits;

/// <summary>Names of what is counted. What strangers or customers choose goes in hashed: bounded in length, and not for the store's readers.</summary>
internal static class LimitKey
{
    public static string Of(string concept, string counted) =>
        $"{concept}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(counted)).AsSpan(0, 16))}";
}
