namespace Rescue.Sessions.Email.Templates;

/// <summary>The open <c>if</c> blocks, innermost last: links up the jumps and joins what is true on each path.</summary>
internal sealed class TemplateBlocks
{
    /// <summary>The deepest nesting allowed.</summary>
    public const int MaxDepth = 16;

    private readonly TemplateBlock[] blocks = new TemplateBlock[MaxDepth];
    private int count;

    /// <summary>Blocks beyond the limit: they compile to nothing, but their ends are counted so that each end finds its own block.</summary>
    private int beyond;

    public ReadOnlySpan<TemplateBlock> Open => blocks.AsSpan(0, count);

    /// <summary>The indentation of what stands in the innermost block.</summary>
    public TextSlice Indent => count == 0 ? default : Innermost.Indent;

    private ref TemplateBlock Innermost => ref blocks[count - 1];

    /// <summary>Opens a block whose condition was just compiled; false beyond the limit.</summary>
    public bool TryOpen(int offset, TextSlice indent, PathFacts facts, TemplateProgramBuilder program)
    {
        if (count == MaxDepth)
        {
            beyond++;
            return false;
        }

        blocks[count++] = new(offset, indent, facts, program.Add(TemplateOpCode.JumpIfFalse));
        return true;
    }

    /// <summary>Why an <c>else</c> cannot stand here; <see langword="null"/> when it can.</summary>
    public TemplateProblemKind? RefuseElse() =>
        count == 0 ? TemplateProblemKind.StrayElse : beyond == 0 && Innermost.SawElse ? TemplateProblemKind.ElseAfterElse : null;

    /// <summary>Ends the branch being read and goes back to what was true before the block.</summary>
    public void EndBranch(TemplateProgramBuilder program, ref PathFacts facts)
    {
        if (beyond > 0) return;
        ref var block = ref Innermost;
        block.EndJump = program.Add(TemplateOpCode.Jump, block.EndJump);
        program.LandHere(block.BranchJump);
        block.BranchJump = TemplateBlock.NoJump;
        Join(ref block, facts);
        facts = block.Before;
    }

    public void BeginElse()
    {
        if (count > 0 && beyond == 0) Innermost.SawElse = true;
    }

    public void BeginElseIf(TemplateProgramBuilder program)
    {
        if (count > 0 && beyond == 0 && Innermost.BranchJump == TemplateBlock.NoJump)
            Innermost.BranchJump = program.Add(TemplateOpCode.JumpIfFalse);
    }

    /// <summary>Closes the innermost block; false when none is open.</summary>
    public bool TryEnd(TemplateProgramBuilder program, ref PathFacts facts, out TemplateBlock closed)
    {
        closed = default;
        if (beyond > 0)
        {
            beyond--;
            return true;
        }

        if (count == 0) return false;
        ref var block = ref Innermost;
        Join(ref block, facts);
        // Without an else there is one more path: past every branch.
        if (!block.SawElse) Join(ref block, block.Before);
        facts = block.Joined!.Value;
        if (block.BranchJump != TemplateBlock.NoJump) program.LandHere(block.BranchJump);
        for (var jump = block.EndJump; jump != TemplateBlock.NoJump;)
        {
            var previous = program.Target(jump);
            program.LandHere(jump);
            jump = previous;
        }

        closed = block;
        count--;
        return true;
    }

    private static void Join(ref TemplateBlock block, PathFacts facts)
    {
        if (block.Joined is not { } joined)
        {
            block.Joined = facts;
            return;
        }

        block.Diverges |= !joined.Html.IsAt(facts.Html);
        block.Joined = joined.Meet(facts);
    }
}
