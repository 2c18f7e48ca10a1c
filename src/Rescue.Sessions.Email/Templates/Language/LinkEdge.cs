namespace Rescue.Sessions.Email.Templates;

/// <summary>
/// What may stand just before a place. Mail programs find where a link begins and ends by what stands around it, so that only white space,
/// brackets, quotes and the end of a sentence may touch it.
/// </summary>
[Flags]
internal enum LinkEdge : byte
{
    None = 0,

    /// <summary>White space, an opening bracket or quote, or nothing.</summary>
    Open = 1,

    /// <summary>Something that a mail program would take as part of the link.</summary>
    Word = 2,

    /// <summary>The link, or the link and the end of a sentence.</summary>
    Link = 4,
}
