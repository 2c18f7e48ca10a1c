namespace Rescue.Sessions.Email.Templates;

/// <summary>A template could not be rendered with the values given: an expression failed or reached a limit. Nothing of the message is used.</summary>
public sealed class TemplateRenderException : InvalidOperationException
{
    internal TemplateRenderException(int line, int column, string reason)
        : base($"The template could not be rendered: the expression at line {line}, column {column} failed ({reason}). An administrator must change the template.")
    {
        Line = line;
        Column = column;
    }

    /// <summary>The line of the expression, from 1.</summary>
    public int Line { get; }

    /// <summary>The column of the expression, from 1.</summary>
    public int Column { get; }
}
