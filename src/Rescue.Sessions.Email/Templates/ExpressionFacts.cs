namespace Rescue.Sessions.Email.Templates;

/// <summary>What is known of an expression before it has a value.</summary>
/// <param name="Kind">Its type; <see langword="null"/> after a mistake that was already reported.</param>
/// <param name="Placeholders">The placeholders that may be printed, one bit each.</param>
/// <param name="CanBeNull">Whether it may have no value.</param>
/// <param name="MaxLiteral">The length of the longest literal that may be printed; -1 if none can be.</param>
internal readonly record struct ExpressionFacts(TemplatePlaceholderKind? Kind, uint Placeholders, bool CanBeNull, int MaxLiteral)
{
    private const int LongestTruthValue = 5;

    public static readonly ExpressionFacts Mistaken = new(null, 0, true, -1);

    public static readonly ExpressionFacts Condition = new(TemplatePlaceholderKind.Boolean, 0, false, LongestTruthValue);

    /// <summary>Whether it always prints the link and nothing else.</summary>
    public bool IsLink => Placeholders == 1u << PlaceholderIndex.LinkUrl && MaxLiteral < 0;

    /// <summary>Whether it may print what only the customer should see.</summary>
    public bool IsSecret => MayPrint(PlaceholderIndex.LinkUrl) || MayPrint(PlaceholderIndex.PinCode);

    public static ExpressionFacts Of(int index)
    {
        var placeholder = TemplatePlaceholder.All[index];
        return new(placeholder.Kind, 1u << index, placeholder.IsOptional, -1);
    }

    public static ExpressionFacts OfLiteral(int length) => new(TemplatePlaceholderKind.Text, 0, false, length);

    public bool MayPrint(int index) => (Placeholders & (1u << index)) != 0;

    public ExpressionFacts Coalesce(in ExpressionFacts right) => CanBeNull
        ? new(Kind is null || right.Kind is null ? null : Kind, Placeholders | right.Placeholders, right.CanBeNull, Math.Max(MaxLiteral, right.MaxLiteral))
        : this;

    /// <summary>The most characters it can print.</summary>
    public int MaxLength()
    {
        var most = Math.Max(MaxLiteral, 0);
        for (var index = 0; index < TemplatePlaceholder.All.Length; index++)
            if (MayPrint(index)) most = Math.Max(most, TemplatePlaceholder.All[index].MaxLength);
        return most;
    }
}
