namespace RescueApplet;

/// <summary>What the program tells whoever started it. The numbers are documented by <c>--help</c> and do not change.</summary>
internal enum ExitCode
{
    /// <summary>The session ran and ended, or the customer left.</summary>
    Done = 0,

    /// <summary>A failure nobody foresaw.</summary>
    Unexpected = 1,

    /// <summary>The command line is wrong.</summary>
    Usage = 2,

    /// <summary>There is no code, or it is damaged, or the server does not accept it.</summary>
    CodeNotAccepted = 3,

    /// <summary>The code has expired, or the session was already over.</summary>
    ExpiredOrEnded = 4,

    /// <summary>The code is in use on another computer.</summary>
    UsedByAnother = 5,

    /// <summary>Too many wrong PINs.</summary>
    TooManyTries = 6,

    /// <summary>The customer stopped while the server could not be reached.</summary>
    Unreachable = 7,

    /// <summary>The program was started again and the newer one goes on.</summary>
    Replaced = 8,

    /// <summary>The program is too old for the server.</summary>
    Outdated = 9,

    /// <summary>The customer declined the terms.</summary>
    Declined = 10
}
