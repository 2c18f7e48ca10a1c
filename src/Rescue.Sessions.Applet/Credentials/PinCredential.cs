namespace Rescue.Sessions.Applet.Credentials;

/// <summary>A PIN for typing, a string of 6 to 12 digits. The server gives every wrong one the same answer.</summary>
public sealed class PinCredential : SessionCredential
{
    internal PinCredential(Uri server, string pin) : base(server) => Pin = pin;

    internal string Pin { get; }

    /// <summary>The server and a mask, never the PIN.</summary>
    public override string ToString() => $"PIN *** at {Server}";
}
