namespace Rescue.Sessions.Email.Templates;

/// <summary>What a placeholder stands for: a piece of text, or a yes or no.</summary>
public enum TemplatePlaceholderKind
{
    /// <summary>Text. It prints itself, and counts as true in a condition whenever there is a value, even an empty one.</summary>
    Text,

    /// <summary>Yes or no. It prints <c>true</c> or <c>false</c>, and is meant for conditions.</summary>
    Boolean,
}
