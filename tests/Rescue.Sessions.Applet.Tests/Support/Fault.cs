namespace Rescue.Sessions.Applet.Tests.Support;

/// <summary>What a network does to a new connection.</summary>
internal enum Fault
{
    None,

    /// <summary>It is reset right after it was accepted, as by a load balancer without a service behind it.</summary>
    Reset,

    /// <summary>Somebody else answers, as a sign-in page does.</summary>
    Answer
}
