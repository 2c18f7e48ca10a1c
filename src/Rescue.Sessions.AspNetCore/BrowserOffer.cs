namespace Rescue.Sessions.AspNetCore;

/// <summary>To whom the landing page offers to join in the browser.</summary>
public enum BrowserOffer
{
    /// <summary>To customers whose device has no program, and as another choice where it may be such a one.</summary>
    WhereNoProgram,

    /// <summary>To everybody, beside the program.</summary>
    Always,

    /// <summary>To nobody; the page answers 404.</summary>
    Never,
}
