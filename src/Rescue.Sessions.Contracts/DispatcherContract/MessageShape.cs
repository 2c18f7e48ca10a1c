namespace Rescue.Sessions.DispatcherContract;

/// <summary>Kinds of messages that a product sends.</summary>
public enum MessageShape
{
    /// <summary>Text alone, in English.</summary>
    Plain,

    /// <summary>Text and HTML.</summary>
    Html,

    /// <summary>Names and words beyond ASCII, from right to left.</summary>
    Arabic,

    /// <summary>Answers go to the technician.</summary>
    AnsweredByTheTechnician,

    /// <summary>A subject that takes several lines of a header.</summary>
    LongSubject,

    /// <summary>Lines that begin with a dot, and long ones.</summary>
    OddLines,

    /// <summary>An administrator's test, which belongs to no session.</summary>
    WithoutSession,
}
