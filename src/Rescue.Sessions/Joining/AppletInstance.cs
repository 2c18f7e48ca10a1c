using System.Buffers;
using System.Security.Cryptography;

namespace Rescue.Sessions.Joining;

/// <summary>The name an applet gives its run, by which it is known when it comes back.</summary>
internal static class AppletInstance
{
    public const int MaxLength = 64;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    /// <summary>What is wrong with a name, as a sentence; null when it is fine.</summary>
    public static string? Problem(string instance) => instance.Length is > 0 and <= MaxLength && !instance.AsSpan().ContainsAnyExcept(Allowed)
        ? null
        : $"The instance must be 1 to {MaxLength} letters, digits, '_' or '-'.";

    /// <summary>The instance given, or a new one that nobody can repeat.</summary>
    public static string Require(string? instance)
    {
        if (instance is null)
            return RandomNumberGenerator.GetHexString(32);
        return Problem(instance) is { } problem ? throw new ArgumentException(problem, nameof(instance)) : instance;
    }
}
