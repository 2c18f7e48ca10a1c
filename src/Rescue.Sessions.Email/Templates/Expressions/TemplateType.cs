namespace Rescue.Sessions.Email.Templates;

/// <summary>What an expression gives.</summary>
internal enum TemplateType
{
    /// <summary>Nothing but null.</summary>
    Missing,
    Text,
    Boolean,
    Number,
    Moment,
    List,
}
