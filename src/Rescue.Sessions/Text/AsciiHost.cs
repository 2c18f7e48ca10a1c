using System.Text;

namespace Rescue.Sessions;

/// <summary>The host of an address as it goes over the wire.</summary>
internal static class AsciiHost
{
    /// <summary>The host in ASCII; null where it has none, such as one with a label that would grow beyond 63 letters.</summary>
    public static string? Of(Uri address)
    {
        try
        {
            // What is no name for it stays as it is written.
            return address.IdnHost is var host && Ascii.IsValid(host) ? host : null;
        }
        catch (UriFormatException)
        {
            // It takes such a label, and says only here that it cannot be written.
            return null;
        }
    }
}
