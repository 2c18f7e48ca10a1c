namespace Rescue.Sessions.Email.Templates;

/// <summary>
/// Everything that can be wrong with a template. The code is for programs; the words are in <c>TemplateProblemTexts.resx</c> under the code
/// (the message) and the code with <c>.hint</c>.
/// </summary>
internal sealed class TemplateProblemKind
{
    private static readonly List<TemplateProblemKind> Kinds = [];

    private TemplateProblemKind(string code, TemplateProblemSeverity severity)
    {
        Code = code;
        Severity = severity;
        Kinds.Add(this);
    }

    public string Code { get; }

    public TemplateProblemSeverity Severity { get; }

    public static IReadOnlyList<TemplateProblemKind> All => Kinds;

    public static readonly TemplateProblemKind MoreProblems = Error("more-problems");

    // Size and characters
    public static readonly TemplateProblemKind SourceTooLarge = Error("source-too-large");
    public static readonly TemplateProblemKind OutputTooLarge = Error("output-too-large");
    public static readonly TemplateProblemKind TooManyPieces = Error("too-many-pieces");
    public static readonly TemplateProblemKind NumberTooLarge = Error("number-too-large");
    public static readonly TemplateProblemKind ControlCharacter = Error("control-character");

    // Syntax
    public static readonly TemplateProblemKind UnclosedTag = Error("unclosed-tag");
    public static readonly TemplateProblemKind UnclosedText = Error("unclosed-string");
    public static readonly TemplateProblemKind UnclosedComment = Error("unclosed-comment");
    public static readonly TemplateProblemKind UnclosedParenthesis = Error("unclosed-parenthesis");
    public static readonly TemplateProblemKind BadEscape = Error("bad-escape");
    public static readonly TemplateProblemKind Syntax = Error("syntax");
    public static readonly TemplateProblemKind UnknownName = Error("unknown-name");
    public static readonly TemplateProblemKind TypeMismatch = Error("type-mismatch");
    public static readonly TemplateProblemKind UnknownFunction = Error("unknown-function");
    public static readonly TemplateProblemKind NoFunction = Error("no-function");
    public static readonly TemplateProblemKind Arguments = Error("function-arguments");
    public static readonly TemplateProblemKind Divisor = Error("divisor");
    public static readonly TemplateProblemKind NotAllowed = Error("not-allowed");
    public static readonly TemplateProblemKind GivenName = Error("given-name");
    public static readonly TemplateProblemKind WholeList = Error("whole-list");
    public static readonly TemplateProblemKind ExpressionTooLarge = Error("expression-too-large");
    public static readonly TemplateProblemKind EvaluationFailed = Error("evaluation-failed");

    // Blocks
    public static readonly TemplateProblemKind TooDeep = Error("too-deep");
    public static readonly TemplateProblemKind UnclosedBlock = Error("unclosed-block");
    public static readonly TemplateProblemKind StrayEnd = Error("stray-end");
    public static readonly TemplateProblemKind StrayElse = Error("stray-else");
    public static readonly TemplateProblemKind ElseAfterElse = Error("else-after-else");

    // The link
    public static readonly TemplateProblemKind LinkMissing = Error("link-missing");
    public static readonly TemplateProblemKind LinkInBranch = Error("link-in-branch");
    public static readonly TemplateProblemKind LinkInComment = Error("link-in-comment");
    public static readonly TemplateProblemKind LinkHidden = Error("link-hidden");
    public static readonly TemplateProblemKind LinkTouched = Error("link-touched");
    public static readonly TemplateProblemKind SecretUsed = Error("secret-used");

    // Subject and text
    public static readonly TemplateProblemKind SubjectEmpty = Error("subject-empty");
    public static readonly TemplateProblemKind SubjectCanBeEmpty = Error("subject-can-be-empty");
    public static readonly TemplateProblemKind SubjectGrows = Error("subject-grows");
    public static readonly TemplateProblemKind SubjectLineBreak = Error("subject-line-break");
    public static readonly TemplateProblemKind SubjectTooLong = Error("subject-too-long");
    public static readonly TemplateProblemKind SubjectLong = Warning("subject-long");
    public static readonly TemplateProblemKind SubjectSecret = Warning("subject-secret");
    public static readonly TemplateProblemKind TextEmpty = Error("text-empty");

    // Drafts
    public static readonly TemplateProblemKind MailtoImpossible = Warning("mailto-impossible");
    public static readonly TemplateProblemKind MailtoShortened = Warning("mailto-shortened");

    // HTML
    public static readonly TemplateProblemKind HtmlPlace = Error("html-placeholder-place");
    public static readonly TemplateProblemKind HtmlUrlStart = Error("html-url-start");
    public static readonly TemplateProblemKind HtmlLinkAltered = Error("html-link-altered");
    public static readonly TemplateProblemKind HtmlBracesEncoded = Error("html-braces-encoded");
    public static readonly TemplateProblemKind HtmlHrefNowhere = Warning("html-href-nowhere");
    public static readonly TemplateProblemKind HtmlBranchesDiffer = Error("html-branches-differ");
    public static readonly TemplateProblemKind HtmlUnclosed = Error("html-unclosed");
    public static readonly TemplateProblemKind HtmlScript = Error("html-script");
    public static readonly TemplateProblemKind HtmlEventHandler = Error("html-event-handler");
    public static readonly TemplateProblemKind HtmlUnsafeUrl = Error("html-unsafe-url");
    public static readonly TemplateProblemKind HtmlForm = Error("html-form");
    public static readonly TemplateProblemKind HtmlEmbedded = Error("html-embedded");
    public static readonly TemplateProblemKind HtmlDocumentControl = Error("html-document-control");
    public static readonly TemplateProblemKind HtmlRemoteContent = Warning("html-remote-content");
    public static readonly TemplateProblemKind HtmlHidingStyle = Warning("html-hiding-style");

    private static TemplateProblemKind Error(string code) => new(code, TemplateProblemSeverity.Error);

    private static TemplateProblemKind Warning(string code) => new(code, TemplateProblemSeverity.Warning);
}
