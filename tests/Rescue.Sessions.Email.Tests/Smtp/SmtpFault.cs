namespace Rescue.Sessions.Email.Smtp;

/// <summary>What a mail server, or somebody between it and us, can do instead of answering.</summary>
public enum SmtpFault
{
    /// <summary>A transient refusal.</summary>
    Transient,

    /// <summary>A permanent refusal.</summary>
    Permanent,

    /// <summary>421 and the end of the connection.</summary>
    Closing,

    /// <summary>A permanent refusal and the end of the connection.</summary>
    PermanentThenDrop,

    /// <summary>The end of the connection.</summary>
    Drop,

    /// <summary>The end of the connection by a reset.</summary>
    Reset,

    /// <summary>Half an answer and the end of the connection.</summary>
    HalfThenDrop,

    /// <summary>Nothing at all.</summary>
    Hang,

    /// <summary>Half an answer, then nothing.</summary>
    HalfThenHang,

    /// <summary>A good answer, one octet a second, that never ends.</summary>
    Drip,

    /// <summary>A line that is no answer.</summary>
    Garbage,

    /// <summary>An answer of endless lines.</summary>
    Endless,

    /// <summary>An answer whose lines disagree about the code.</summary>
    Contradiction,

    /// <summary>A positive answer that belongs to another command.</summary>
    OutOfPlace,

    /// <summary>The right answer and one more that nobody asked for.</summary>
    Injected,

    /// <summary>Clear text where encryption is due: the offer of STARTTLS is gone, or plain octets appear inside the encrypted stream.</summary>
    TlsStripped,
}
