using Rescue.Sessions.Email.Text;

namespace Rescue.Sessions.Email.Templates;

/// <summary>Which characters a part of a template must not contain: a subject is a line.</summary>
internal static class PartCharacters
{
    /// <summary>The first of them, or -1.</summary>
    public static int IndexOfForbidden(this TemplatePart part, ReadOnlySpan<char> text) =>
        part == TemplatePart.Subject ? ControlCharacters.IndexIn(text) : ControlCharacters.IndexInBody(text);
}
