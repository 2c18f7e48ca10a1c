using System.Buffers;

namespace Rescue.Sessions.Email.Templates;

/// <summary>
/// One compiled part of a template: a flat list of instructions over encoded text. Rendering allocates nothing and is linear, because
/// jumps only lead forwards. Immutable, and safe for many threads.
/// </summary>
internal sealed class TemplateProgram(TemplateInstruction[] instructions, byte[] text, string literals, int[] literalEnds, PathFacts facts)
{
    /// <summary>Values on the stack: a placeholder's place, a literal's number from <see cref="FirstLiteral"/>, or a truth value.</summary>
    public const int FirstLiteral = 32;

    private const int True = -1;
    private const int False = -2;

    /// <summary>The most bytes that any values can make of it.</summary>
    public long MaxBytes { get; } = facts.MaxBytes;

    /// <summary>The most bytes that any values make of it when it is laid out as HTML.</summary>
    public long MaxLaidOutBytes { get; } = facts.MaxLaidOutBytes;

    public void Write(TemplateValues values, IBufferWriter<byte> writer)
    {
        var output = new TemplateOutput(writer);
        Span<int> stack = stackalloc int[ExpressionCompiler.MaxStack];
        var top = -1;
        for (var next = 0; next < instructions.Length; next++)
        {
            ref readonly var step = ref instructions[next];
            switch (step.Code)
            {
                case TemplateOpCode.Text:
                    output.Write(text.AsSpan(step.Operand, step.Length));
                    break;
                case TemplateOpCode.Indent:
                    output.Indent = text.AsSpan(step.Operand, step.Length);
                    break;
                case TemplateOpCode.Value:
                    output.Write(TextOf(step.Operand, values), step.Encoding);
                    break;
                case TemplateOpCode.Push:
                    stack[++top] = step.Operand;
                    break;
                case TemplateOpCode.Print:
                    output.Write(TextOf(stack[top--], values), step.Encoding);
                    break;
                case TemplateOpCode.Not:
                    stack[top] = IsTrue(stack[top], values) ? False : True;
                    break;
                case TemplateOpCode.JumpIfFalse:
                    if (!IsTrue(stack[top--], values)) next = step.Operand - 1;
                    break;
                case TemplateOpCode.Jump:
                    next = step.Operand - 1;
                    break;
                default:
                    top--;
                    stack[top] = Combine(step.Code, stack[top], stack[top + 1], values);
                    break;
            }
        }

        output.Flush();
    }

    private int Combine(TemplateOpCode code, int left, int right, TemplateValues values) => code switch
    {
        TemplateOpCode.And => IsTrue(left, values) && IsTrue(right, values) ? True : False,
        TemplateOpCode.Or => IsTrue(left, values) || IsTrue(right, values) ? True : False,
        TemplateOpCode.Coalesce => IsNull(left, values) ? right : left,
        TemplateOpCode.Equal => AreEqual(left, right, values) ? True : False,
        _ => AreEqual(left, right, values) ? False : True,
    };

    private static bool IsNull(int value, TemplateValues values) =>
        value is >= 0 and < FirstLiteral and not PlaceholderIndex.DeviceMobile && values[value] is null;

    private static bool IsTrue(int value, TemplateValues values) =>
        value == PlaceholderIndex.DeviceMobile ? values.DeviceMobile : value != False && !IsNull(value, values);

    private bool AreEqual(int left, int right, TemplateValues values) =>
        IsNull(left, values) || IsNull(right, values)
            ? IsNull(left, values) && IsNull(right, values)
            : TextOf(left, values).SequenceEqual(TextOf(right, values));

    private ReadOnlySpan<char> TextOf(int value, TemplateValues values)
    {
        if (value >= FirstLiteral)
        {
            var number = value - FirstLiteral;
            var start = number == 0 ? 0 : literalEnds[number - 1];
            return literals.AsSpan(start, literalEnds[number] - start);
        }

        if (value is True or False or PlaceholderIndex.DeviceMobile) return IsTrue(value, values) ? "true" : "false";
        return values[value];
    }
}
