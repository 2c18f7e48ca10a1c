namespace Rescue.Sessions.Applet.Joining;

/// <summary>Why a server refuses a join.</summary>
public enum JoinRefusal
{
    /// <summary>The server does not read the request (400).</summary>
    Malformed,

    /// <summary>The code is not valid (404). For a PIN this covers wrong, expired and used ones alike, so that guessing learns nothing.</summary>
    Invalid,

    /// <summary>Another installation has redeemed the code (409).</summary>
    UsedByAnother,

    /// <summary>The code has expired, or its session has ended (410).</summary>
    ExpiredOrEnded,

    /// <summary>Too many wrong PINs were tried, here or elsewhere (429). The link of the email still works.</summary>
    TooManyTries,

    /// <summary>The server no longer speaks this applet's protocol (426): the applet must be downloaded anew.</summary>
    Outdated
}
