namespace Rescue.Sessions.Email.Templates;

/// <summary>An <c>if</c> that is still open.</summary>
internal struct TemplateBlock(int offset, TextSlice indent, PathFacts before, int branchJump)
{
    /// <summary>Marks the end of a chain of jumps.</summary>
    public const int NoJump = -1;

    /// <summary>Where the tag stands in the source.</summary>
    public readonly int Offset = offset;

    /// <summary>The white space before the tag on its line, which goes before every line of the block.</summary>
    public readonly TextSlice Indent = indent;

    /// <summary>What was true before the block.</summary>
    public readonly PathFacts Before = before;

    /// <summary>What is true after every branch that has ended.</summary>
    public PathFacts? Joined;

    /// <summary>Whether its branches end at different places of the markup.</summary>
    public bool Diverges;

    /// <summary>The jump past the branch being read; none in an <c>else</c>.</summary>
    public int BranchJump = branchJump;

    /// <summary>The last of the jumps from the end of a branch to the end of the block, each leading to the one before.</summary>
    public int EndJump = NoJump;

    public bool SawElse;
}
