namespace Rescue.Sessions.Applet.Credentials;

/// <summary>Why a text is no <see cref="SessionCredential"/>.</summary>
public enum CredentialProblem
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>There is no text.</summary>
    Empty,

    /// <summary>It is no absolute web address of a customer page.</summary>
    NotALink,

    /// <summary>It is http to a machine other than this one: the code would travel in clear text.</summary>
    Insecure,

    /// <summary>The link carries no code, only the server's address: the customer has to type the PIN.</summary>
    CodeMissing,

    /// <summary>The PIN is not 6 to 12 digits.</summary>
    PinMalformed,

    /// <summary>The token is cut short or damaged.</summary>
    TokenMalformed
}
