namespace Rescue.Sessions.Email.Templates;

internal enum TemplateOpCode : byte
{
    /// <summary>Writes a slice of the program's text.</summary>
    Text,

    /// <summary>Sets the indentation of the lines written from here on: a slice of the program's text, empty for none.</summary>
    Indent,

    /// <summary>Writes one placeholder: the common case, kept off the stack.</summary>
    Value,

    /// <summary>Puts a placeholder or literal on the stack.</summary>
    Push,

    Not,
    And,
    Or,
    Coalesce,
    Equal,
    NotEqual,

    /// <summary>Takes a value off the stack and writes it.</summary>
    Print,

    /// <summary>Takes a value off the stack and jumps if it is null or false.</summary>
    JumpIfFalse,

    Jump,
}
