namespace Rescue.Sessions.Email.Templates.Html;

/// <summary>Decides where tags of the template may stand in the markup, and how values are encoded there.</summary>
internal sealed class HtmlPlacement
{
    private readonly HtmlRules rules;
    private readonly HtmlScanner scanner;
    private readonly string source;
    private readonly ProblemCollector problems;

    public HtmlPlacement(string source, ProblemCollector problems)
    {
        this.source = source;
        this.problems = problems;
        rules = new(source, problems);
        scanner = new(rules);
    }

    /// <summary>Where the link stands unseen; -1 if nowhere.</summary>
    public int UnseenLink => rules.UnseenLink;

    public void Text(ReadOnlySpan<char> text, int offset, ref HtmlState state) => scanner.Read(text, offset, ref state);

    /// <summary>Refuses a tag of the template, whatever it does, where it would cut a name or a value in two that must be known as a whole.</summary>
    public bool Accepts(int tag, ref HtmlState state)
    {
        var accepted = state.Mode switch
        {
            HtmlMode.Text or HtmlMode.Tag or HtmlMode.Declaration => true,
            HtmlMode.RawText => !state.MayBeginEndTag,
            _ when IsQuoted(state) => state.Attribute == HtmlAttributeKind.Plain
                || (state.Attribute == HtmlAttributeKind.Href && state.Url != HtmlUrlPhase.Begun),
            _ => false,
        };
        if (accepted)
            return true;
        Report(tag, IsQuoted(state) && state.Attribute == HtmlAttributeKind.Href ? TemplateProblemKind.HtmlUrlStart : TemplateProblemKind.HtmlPlace);
        // Goes on as if the name or value were whole, so that what follows is not reported too.
        if (state.Mode == HtmlMode.TagOpen)
            state.Mode = HtmlMode.Text;
        else if (!IsQuoted(state) && state.Mode is not (HtmlMode.RawText or HtmlMode.Comment))
            state.Mode = HtmlMode.Tag;
        return false;
    }

    /// <summary>How an expression is printed here. Where it must not stand, that is reported.</summary>
    public TemplateEncoding Print(in ExpressionFacts expression, TemplateNames names, int tag, ref HtmlState state)
    {
        var accepted = state.Mode switch
        {
            HtmlMode.Text => PrintText(expression, tag, ref state),
            HtmlMode.RawText => state.Element == HtmlElementKind.Title,
            _ when IsQuoted(state) && state.Attribute == HtmlAttributeKind.Href => PrintHref(expression, names, tag, ref state),
            _ => IsQuoted(state) && state.Attribute == HtmlAttributeKind.Plain,
        };
        if (expression.IsLink && state.Mode != HtmlMode.Text && !state.TagHasLink)
            rules.NoteUnseenLink(tag);
        if (!accepted)
            Report(tag, TemplateProblemKind.HtmlPlace);
        return IsQuoted(state) && state.Url == HtmlUrlPhase.Settled && state.Attribute == HtmlAttributeKind.Href
            ? TemplateEncoding.UrlPart
            : TemplateEncoding.Html;
    }

    /// <summary>Notes an expression in a tag that was not accepted: there the link is misplaced rather than missing, unless nobody would see it.</summary>
    public void Misprint(in ExpressionFacts expression, int tag, ref HtmlState state)
    {
        if (!expression.IsLink)
            return;
        if (state.Mode is HtmlMode.RawText or HtmlMode.Comment)
            rules.NoteUnseenLink(tag);
        else
            state.ShowsLink = true;
    }

    /// <summary>Refuses a template that ends within markup.</summary>
    public void End(in HtmlState state)
    {
        if (state.Mode != HtmlMode.Text)
            Report(state.Start, TemplateProblemKind.HtmlUnclosed);
    }

    private static bool IsQuoted(in HtmlState state) => state.Mode is HtmlMode.DoubleQuotedValue or HtmlMode.SingleQuotedValue;

    private bool PrintText(in ExpressionFacts expression, int tag, ref HtmlState state)
    {
        if (state.IsHidden)
        {
            if (expression.IsLink)
                rules.NoteUnseenLink(tag);
        }
        else if (expression.IsLink)
        {
            state.ShowsLink = true;
        }
        else if (state.HasEmptyAnchor && !expression.CanBeNull)
        {
            HtmlRules.ShowAnchor(ref state);
        }

        return true;
    }

    private bool PrintHref(in ExpressionFacts expression, TemplateNames names, int tag, ref HtmlState state)
    {
        if (state.Url == HtmlUrlPhase.Empty && expression.IsLink)
        {
            state.Url = HtmlUrlPhase.Link;
            state.TagHasLink = true;
        }
        else if (state.Url == HtmlUrlPhase.Empty && IsAnotherLink(expression, names))
        {
            state.Url = HtmlUrlPhase.Link;
        }
        else if (state.Url == HtmlUrlPhase.Link)
        {
            Report(tag, TemplateProblemKind.HtmlLinkAltered);
        }
        else if (state.Url != HtmlUrlPhase.Settled || expression.MayPrintLink)
        {
            Report(tag, TemplateProblemKind.HtmlUrlStart);
        }

        return true;
    }

    // One that is safe as it is: made with the link, or the host's own, which were checked as they were given.
    private static bool IsAnotherLink(in ExpressionFacts expression, TemplateNames names) =>
        !expression.IsMade && System.Numerics.BitOperations.IsPow2(expression.Names)
        && names.All[System.Numerics.BitOperations.TrailingZeroCount(expression.Names)].Kind == TemplatePlaceholderKind.Link;

    private void Report(int offset, TemplateProblemKind kind) => problems.Add(TemplatePart.Html, source, offset, kind);
}
