using Rescue.Sessions.Email.Templates;

namespace Rescue.Sessions.AspNetCore.Settings;

/// <summary>A function that a template may use, with an expression that uses it and what that prints with the samples.</summary>
internal sealed record FunctionView(string Name, string Meaning, string Example, string Prints)
{
    public static FunctionView Of(TemplateFunction function) => new(function.Name, function.Meaning(), function.Example, function.Output);
}
