namespace Rescue.Sessions.Email.Templates;

/// <summary>What is known of an expression before it has a value.</summary>
/// <param name="Type">Its type; <see langword="null"/> after a mistake that was already reported.</param>
/// <param name="MaxLength">The most characters it prints; of a list, those of its items and one for each.</param>
/// <param name="CanBeNull">Whether it may have no value.</param>
/// <param name="CanBeBlank">Whether it may be a text of nothing that is seen.</param>
/// <param name="Names">The names that it prints as they are, one bit each.</param>
/// <param name="IsMade">Whether it may print anything else: a literal, or what an operator or a function makes.</param>
/// <param name="Constant">The value of a literal.</param>
internal readonly record struct ExpressionFacts(
    TemplateType? Type, long MaxLength, bool CanBeNull, bool CanBeBlank, ulong Names = 0, bool IsMade = true, object? Constant = null)
{
    public const int LongestNumber = 32;
    public const int LongestTruthValue = 5;
    public const int LongestMoment = 64;

    private const ulong Links = (1UL << PlaceholderIndex.LinkUrl) | (1UL << PlaceholderIndex.LinkDecline);
    private const ulong Secrets = Links | (1UL << PlaceholderIndex.PinCode);

    public static readonly ExpressionFacts Mistaken = new(null, 0, true, true);
    public static readonly ExpressionFacts Truth = new(TemplateType.Boolean, LongestTruthValue, false, false);

    /// <summary>Whether it always prints the link and nothing else.</summary>
    public bool IsLink => Names == 1UL << PlaceholderIndex.LinkUrl && !IsMade;

    /// <summary>Whether it may print nothing that is seen.</summary>
    public bool MayShowNothing => CanBeNull || CanBeBlank;

    /// <summary>Whether it may print an address that opens the session.</summary>
    public bool MayPrintLink => (Names & Links) != 0;

    /// <summary>Whether it may print what only the customer should see.</summary>
    public bool IsSecret => (Names & Secrets) != 0;

    public static ExpressionFacts OfText(long length, bool canBeNull = false, bool canBeBlank = true) => new(TemplateType.Text, length, canBeNull, canBeBlank);

    /// <summary>What is known of one of two values.</summary>
    public ExpressionFacts Or(in ExpressionFacts other) => new(
        Type is null || other.Type is null ? null : Type == TemplateType.Missing ? other.Type : Type,
        Math.Max(MaxLength, other.MaxLength),
        CanBeNull || other.CanBeNull,
        CanBeBlank || other.CanBeBlank,
        Names | other.Names,
        IsMade || other.IsMade);
}
