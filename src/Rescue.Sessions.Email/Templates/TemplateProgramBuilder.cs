using System.Buffers;

namespace Rescue.Sessions.Email.Templates;

/// <summary>Collects the instructions of a program and joins neighbouring text.</summary>
internal sealed class TemplateProgramBuilder : IDisposable
{
    private readonly PooledBuffer<TemplateInstruction> instructions = PooledBuffer<TemplateInstruction>.Take();
    private readonly PooledBuffer<byte> text = PooledBuffer<byte>.Take();
    private readonly PooledBuffer<char> literals = PooledBuffer<char>.Take();
    private readonly PooledBuffer<int> literalEnds = PooledBuffer<int>.Take();
    private int lastTarget;
    private TextSlice? indent = default(TextSlice);
    private bool isIndented;

    /// <summary>The place of the next instruction.</summary>
    public int Next => instructions.Count;

    /// <summary>The last characters of the text so far.</summary>
    public TextSlice LastText(int bytes) => new(text.Count - bytes, bytes);

    public void Text(ReadOnlySpan<char> value, TextSlice withIndent, TemplateEncoding encoding = TemplateEncoding.None)
    {
        if (value.IsEmpty) return;
        SetIndent(withIndent);
        var start = text.Count;
        var output = new Utf8Output(text);
        output.Write(value, encoding);
        output.Flush();
        var length = text.Count - start;
        // A jump may lead to the end of the previous text: then the two must stay apart.
        if (Next > lastTarget && Next > 0 && instructions.Written[^1] is { Code: TemplateOpCode.Text } previous)
            instructions.Written[^1] = previous.WithLength(previous.Length + length);
        else
            instructions.Add(new(TemplateOpCode.Text, default, start, length));
    }

    public int Add(TemplateOpCode code, int operand = 0, TemplateEncoding encoding = default)
    {
        instructions.Add(new(code, encoding, operand, 0));
        return Next - 1;
    }

    /// <summary>Keeps a literal, given as it is written between its quotes, and pushes it; answers what it stands for.</summary>
    public ReadOnlySpan<char> PushLiteral(ReadOnlySpan<char> written)
    {
        TextLiteral.Decode(written, literals);
        literalEnds.Add(literals.Count);
        Add(TemplateOpCode.Push, TemplateProgram.FirstLiteral + literalEnds.Count - 1);
        return LastLiteral();
    }

    /// <summary>Prints what was pushed since a place: one placeholder or one literal needs no stack.</summary>
    public void Print(int since, TextSlice withIndent, TemplateEncoding encoding)
    {
        if (Next != since + 1)
        {
            SetIndent(withIndent);
            Add(TemplateOpCode.Print, encoding: encoding);
            return;
        }

        var value = instructions.Written[since].Operand;
        instructions.RemoveLast();
        if (value < TemplateProgram.FirstLiteral)
        {
            SetIndent(withIndent);
            Add(TemplateOpCode.Value, value, encoding);
            return;
        }

        Text(LastLiteral(), withIndent, encoding);
    }

    /// <summary>The target of a jump: kept in a chain until it is known.</summary>
    public int Target(int jump) => instructions.Written[jump].Operand;

    /// <summary>Lets a jump lead to the next instruction.</summary>
    public void LandHere(int jump)
    {
        instructions.Written[jump] = instructions.Written[jump].WithOperand(Next);
        lastTarget = Next;
        // Which indentation is in force depends on where the jump comes from.
        if (isIndented) indent = null;
    }

    public void Dispose()
    {
        instructions.Dispose();
        text.Dispose();
        literals.Dispose();
        literalEnds.Dispose();
    }

    private ReadOnlySpan<char> LastLiteral() => literals.Written[(literalEnds.Count > 1 ? literalEnds.Written[^2] : 0)..];

    private void SetIndent(TextSlice wanted)
    {
        if (wanted.Length == 0) wanted = default;
        if (indent == wanted) return;
        instructions.Add(new(TemplateOpCode.Indent, default, wanted.Offset, wanted.Length));
        indent = wanted;
        isIndented = true;
    }

    public TemplateProgram Build(PathFacts facts) =>
        new(instructions.Written.ToArray(), text.Written.ToArray(), literals.Written.ToString(), literalEnds.Written.ToArray(), facts);
}
