namespace Rescue.Sessions.Email.Templates;

/// <summary>A message could not be written with the values of its session: an expression failed or reached a limit, or a value cannot be used. Nothing is stored or sent. The message never quotes a value.</summary>
internal sealed class TemplateRenderException : InvalidOperationException
{
    public TemplateRenderException(int line, int column, string reason)
        : base($"The expression at line {line}, column {column} of the template fails with this session's values ({reason}). An administrator must change the template.")
    {
        Line = line;
        Column = column;
    }

    public TemplateRenderException(string message)
        : base(message)
    {
    }

    /// <summary>A renderer of the host's own has failed, and says why.</summary>
    public TemplateRenderException(InvalidOperationException failure)
        : base(failure.Message, failure)
    {
    }

    /// <summary>The line of the expression, from 1; null when no expression failed but a value.</summary>
    public int? Line { get; }

    /// <summary>The column of the expression, from 1; null when no expression failed but a value.</summary>
    public int? Column { get; }
}
