namespace Rescue.Sessions.Email.Templates.Html;

/// <summary>What is known of the markup at a place: small, so that it can be kept for every branch.</summary>
internal record struct HtmlState
{
    public HtmlMode Mode;

    /// <summary>Where the tag, comment or declaration being read begins.</summary>
    public int Start;

    /// <summary>The element whose tag or raw text is being read.</summary>
    public HtmlElementKind Element;

    public int ElementNumber;

    public bool IsEndTag;

    public HtmlAttributeKind Attribute;

    public HtmlUrlPhase Url;

    /// <summary>Whether the raw text read so far ends like the beginning of an end tag.</summary>
    public bool MayBeginEndTag;

    /// <summary>Whether the tag has an address already: a browser takes the first.</summary>
    public bool TagHasHref;

    /// <summary>Whether the attributes so far hide the element.</summary>
    public bool TagHides;

    /// <summary>Whether the anchor being read leads to the link.</summary>
    public bool TagHasLink;

    /// <summary>The number of the outermost element that hides what is in it.</summary>
    public int HiddenElement;

    /// <summary>How many elements of that name are open from there on; 0 where nothing is hidden.</summary>
    public int HiddenDepth;

    /// <summary>Whether an anchor to the link is open that shows nothing yet.</summary>
    public bool HasEmptyAnchor;

    /// <summary>Whether the customer can see the link, or something that leads to it.</summary>
    public bool ShowsLink;

    public readonly bool IsHidden => HiddenDepth > 0;

    /// <summary>Whether two branches end at the same place of the markup.</summary>
    public readonly bool IsAt(in HtmlState other)
    {
        if (Mode != other.Mode)
            return false;
        if (Mode == HtmlMode.Text)
            return true;
        return Element == other.Element && IsEndTag == other.IsEndTag
            && (Mode is not (HtmlMode.DoubleQuotedValue or HtmlMode.SingleQuotedValue) || (Attribute == other.Attribute && Url == other.Url));
    }

    /// <summary>What is known where two branches meet: in doubt, that something is hidden and the link is not shown.</summary>
    public readonly HtmlState Meet(in HtmlState other)
    {
        var met = HiddenDepth >= other.HiddenDepth ? this : other;
        met.TagHides = TagHides || other.TagHides;
        met.TagHasHref = TagHasHref || other.TagHasHref;
        met.MayBeginEndTag = MayBeginEndTag || other.MayBeginEndTag;
        met.TagHasLink = TagHasLink && other.TagHasLink;
        // What is shown in the anchor shows the link on both paths only if each has the anchor open or shows the link already.
        met.HasEmptyAnchor = (HasEmptyAnchor || ShowsLink) && (other.HasEmptyAnchor || other.ShowsLink);
        met.ShowsLink = ShowsLink && other.ShowsLink;
        return met;
    }
}
