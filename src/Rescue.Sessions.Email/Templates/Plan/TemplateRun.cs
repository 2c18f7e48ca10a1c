using System.Globalization;
using System.Text;
using Scriban;
using Scriban.Functions;
using Scriban.Runtime;
using Scriban.Syntax;

namespace Rescue.Sessions.Email.Templates;

/// <summary>One rendering of one part. What Scriban evaluates runs in a context of its own, made when it is first needed.</summary>
internal sealed class TemplateRun(TemplateValues values, TemplateNames names, CultureInfo culture)
{
    /// <summary>The most characters that the expressions of a part make in all, intermediate ones included: it bounds their work and memory.</summary>
    public const int MostCharacters = 64 * 1024;

    private const int MostSteps = 4096;
    private const int MostDepth = 64;

    private static readonly ScriptObject Functions = MakeFunctions();

    private TemplateContext? context;

    public TemplateValues Values => values;

    public TemplateNames Names => names;

    /// <exception cref="TemplateRenderException">The expression failed, or reached a limit.</exception>
    public object? Evaluate(ScriptExpression expression)
    {
        context ??= MakeContext();
        try
        {
            return context.Evaluate(expression);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // The message may quote a value.
            throw new TemplateRenderException(expression.Span.Start.Line + 1, expression.Span.Start.Column + 1, failure.GetType().Name);
        }
    }

    /// <summary>The text of a value; never more than was worked out beforehand.</summary>
    public ReadOnlySpan<char> TextOf(object? value, long most)
    {
        var text = value switch
        {
            null => "",
            string given => given,
            bool truth => truth ? "true" : "false",
            _ => (context ??= MakeContext()).ObjectToString(value) ?? "",
        };
        if (text.Length > most)
            throw new TemplateRenderException(1, 1, "TooLong");
        return text;
    }

    public bool AreEqual(object? left, object? right) => left is null or string or bool && right is null or string or bool
        ? Equals(left, right)
        : ScriptBinaryExpression.Evaluate(context ??= MakeContext(), default, ScriptBinaryOperator.CompareEqual, left, right) is true;

    private TemplateContext MakeContext()
    {
        var made = new TemplateContext(Functions)
        {
            StrictVariables = true,
            EnableRelaxedMemberAccess = false,
            EnableRelaxedTargetAccess = false,
            EnableRelaxedFunctionAccess = false,
            EnableRelaxedIndexerAccess = false,
            LoopLimit = MostSteps,
            RecursiveLimit = MostDepth,
            ObjectRecursionLimit = MostDepth,
            LimitToString = 2 * MostCharacters,
            RegexTimeOut = TimeSpan.FromMilliseconds(1),
            NewLine = "\n",
        };
        made.PushCulture(culture);
        made.PushGlobal(MakeModel());
        return made;
    }

    private ScriptObject MakeModel()
    {
        var model = new ScriptObject();
        for (var place = 0; place < names.All.Length; place++)
        {
            var name = names.All[place].Name;
            var dot = name.IndexOf('.', StringComparison.Ordinal);
            var owner = name[..dot];
            if (!model.TryGetValue(owner, out var found) || found is not ScriptObject members)
                model[owner] = members = [];
            members[name[(dot + 1)..]] = values.ValueAt(place, names);
        }

        return model;
    }

    private static ScriptObject MakeFunctions()
    {
        var whole = new BuiltinFunctions();
        var functions = new ScriptObject();
        foreach (var word in TemplateNames.OfFunctions)
            functions[word] = whole[word];
        functions.IsReadOnly = true;
        return functions;
    }
}
