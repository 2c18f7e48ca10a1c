namespace Rescue.Sessions.Email.Templates;

internal enum TemplateTokenKind
{
    Name,
    Text,
    Coalesce,
    Equal,
    NotEqual,
    Not,
    And,
    Or,
    Open,
    Close,
    LineBreak,
    Exit,
    NextTag,
    EndOfSource,
    UnclosedText,
    BadEscape,
    UnclosedComment,
    Unknown,
}
