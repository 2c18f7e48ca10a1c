namespace Rescue.Sessions.Email.Templates.Html;

/// <summary>What a mail may contain, and whether the customer will see the link.</summary>
internal sealed class HtmlRules(string source, ProblemCollector problems)
{
    private static readonly int Head = HtmlElements.NumberOf("head");

    private bool saidRemote;
    private bool saidHidingStyle;

    /// <summary>Where the link stands unseen; -1 if nowhere.</summary>
    public int UnseenLink { get; private set; } = -1;

    public static void OnText(ReadOnlySpan<char> text, ref HtmlState state)
    {
        if (!state.IsHidden && state.HasEmptyAnchor && !text.IsWhiteSpace())
            ShowAnchor(ref state);
    }

    public void OnTag(ReadOnlySpan<char> name, ref HtmlState state)
    {
        state.Element = HtmlElements.KindOf(name);
        state.ElementNumber = HtmlElements.NumberOf(name);
        state.TagHides = false;
        state.TagHasHref = false;
        state.MayBeginEndTag = false;
        state.TagHasLink = false;
        if (!state.IsEndTag && HtmlElements.Refuse(state.Element) is { } refusal)
            Report(state.Start, refusal, name.ToString());
    }

    public void OnAttribute(ReadOnlySpan<char> name, int offset, ref HtmlState state)
    {
        state.Attribute = HtmlAttributes.KindOf(name, state.Element);
        if (state.Attribute == HtmlAttributeKind.Hidden)
            state.TagHides = true;
        if (state.Attribute == HtmlAttributeKind.Href)
        {
            if (state.TagHasHref)
                state.Attribute = HtmlAttributeKind.Url;
            state.TagHasHref = true;
        }

        if (state.Attribute == HtmlAttributeKind.EventHandler && !state.IsEndTag)
            Report(offset, TemplateProblemKind.HtmlEventHandler, ProblemCollector.Shorten(name));
    }

    public void OnValue(ReadOnlySpan<char> value, int offset, ref HtmlState state)
    {
        switch (state.Attribute)
        {
            case HtmlAttributeKind.Style:
                state.TagHides |= HtmlStyle.Hides(value);
                if (HtmlStyle.IsRemote(value))
                    WarnRemote(offset);
                break;
            case HtmlAttributeKind.AriaHidden:
                state.TagHides |= value.Trim().Equals("true", StringComparison.OrdinalIgnoreCase);
                break;
            case HtmlAttributeKind.Size:
                state.TagHides |= HtmlStyle.IsZero(value);
                break;
            case HtmlAttributeKind.HttpEquiv when value.Contains("refresh", StringComparison.OrdinalIgnoreCase):
                Report(offset, TemplateProblemKind.HtmlDocumentControl, "meta refresh");
                break;
            case HtmlAttributeKind.Href or HtmlAttributeKind.Url or HtmlAttributeKind.Source:
                OnUrl(value, offset, ref state);
                break;
        }
    }

    /// <summary>The value of an attribute has ended.</summary>
    public void OnValueEnd(int offset, in HtmlState state)
    {
        if (state is { Attribute: HtmlAttributeKind.Href, Url: HtmlUrlPhase.Empty, IsEndTag: false })
            Report(offset, TemplateProblemKind.HtmlHrefNowhere);
    }

    public void OnTagEnd(ref HtmlState state)
    {
        if (state.IsEndTag)
            OnEndTag(ref state);
        else
            OnStartTag(ref state);
    }

    public void OnRawText(ReadOnlySpan<char> text, int offset, ref HtmlState state)
    {
        if (state.Element != HtmlElementKind.Style)
            return;
        if (HtmlStyle.IsRemote(text))
            WarnRemote(offset);
        if (saidHidingStyle || !HtmlStyle.HidesSomething(text))
            return;
        saidHidingStyle = true;
        Report(offset, TemplateProblemKind.HtmlHidingStyle);
    }

    /// <summary>A link that is printed where nobody sees it.</summary>
    public void NoteUnseenLink(int offset)
    {
        if (UnseenLink < 0)
            UnseenLink = offset;
    }

    public static void ShowAnchor(ref HtmlState state)
    {
        state.HasEmptyAnchor = false;
        state.ShowsLink = true;
    }

    private void OnStartTag(ref HtmlState state)
    {
        var kind = state.Element;
        // The body's start tag ends the head, whose own end tag may be left out.
        if (kind == HtmlElementKind.Body && state.HiddenElement == Head)
            state.HiddenDepth = 0;
        if (HtmlElements.IsRawText(kind))
            state.Mode = HtmlMode.RawText;
        else if (!HtmlElements.IsVoid(kind))
            Descend(ref state);

        if (kind == HtmlElementKind.Anchor)
            OnAnchor(ref state);
        else if (kind == HtmlElementKind.Image && state is { HasEmptyAnchor: true, IsHidden: false, TagHides: false })
            ShowAnchor(ref state);
    }

    private static void Descend(ref HtmlState state)
    {
        if (state.IsHidden)
        {
            if (state.ElementNumber == state.HiddenElement)
                state.HiddenDepth++;
        }
        else if (state.TagHides || HtmlElements.IsUnseen(state.Element))
        {
            state.HiddenElement = state.ElementNumber;
            state.HiddenDepth = 1;
        }
    }

    private void OnAnchor(ref HtmlState state)
    {
        if (state.HasEmptyAnchor)
            NoteUnseenLink(state.Start);
        state.HasEmptyAnchor = state.TagHasLink && !state.IsHidden;
        if (state.TagHasLink && state.IsHidden)
            NoteUnseenLink(state.Start);
    }

    private void OnEndTag(ref HtmlState state)
    {
        if (state.IsHidden && state.ElementNumber == state.HiddenElement)
            state.HiddenDepth--;
        if (state.Element != HtmlElementKind.Anchor || !state.HasEmptyAnchor)
            return;
        state.HasEmptyAnchor = false;
        NoteUnseenLink(state.Start);
    }

    private void OnUrl(ReadOnlySpan<char> value, int offset, ref HtmlState state)
    {
        if (state.Url == HtmlUrlPhase.Link)
        {
            if (!value.IsWhiteSpace())
                Report(offset, TemplateProblemKind.HtmlLinkAltered);
            return;
        }

        if (state.Attribute == HtmlAttributeKind.Href && HasEncodedBraces(value))
            Report(offset, TemplateProblemKind.HtmlBracesEncoded);
        else if (state.Attribute == HtmlAttributeKind.Href && value.Trim().StartsWith("#", StringComparison.Ordinal))
            Report(offset, TemplateProblemKind.HtmlHrefNowhere);
        if (state.Url != HtmlUrlPhase.Empty)
            return;
        state.Url = HtmlUrl.Judge(value, state.Attribute);
        if (state.Url == HtmlUrlPhase.Unsafe)
            Report(offset, TemplateProblemKind.HtmlUnsafeUrl);
        else if (state.Attribute == HtmlAttributeKind.Source && HtmlUrl.IsRemote(value))
            WarnRemote(offset);
    }

    // Some editors encode the braces of a placeholder in an address.
    private static bool HasEncodedBraces(ReadOnlySpan<char> value) =>
        value.Contains("%7B%7B", StringComparison.OrdinalIgnoreCase) || value.Contains("&#123;&#123;", StringComparison.Ordinal)
        || value.Contains("&lbrace;&lbrace;", StringComparison.OrdinalIgnoreCase) || value.Contains("&lcub;&lcub;", StringComparison.OrdinalIgnoreCase);

    private void WarnRemote(int offset)
    {
        if (saidRemote)
            return;
        saidRemote = true;
        Report(offset, TemplateProblemKind.HtmlRemoteContent);
    }

    private void Report(int offset, TemplateProblemKind kind, params ReadOnlySpan<object?> details) =>
        problems.Add(TemplatePart.Html, source, offset, kind, details);
}
