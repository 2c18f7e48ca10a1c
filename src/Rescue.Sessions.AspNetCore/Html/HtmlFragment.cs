namespace Rescue.Sessions.AspNetCore.Html;

/// <summary>Markup that is safe to send: it was made by <see cref="HtmlWriter"/>, which encodes every value.</summary>
internal readonly record struct HtmlFragment(string Markup)
{
    public static readonly HtmlFragment Empty = new("");

    /// <summary>Writes markup; <c>{values}</c> in it are encoded, fragments are not encoded again.</summary>
    public static HtmlFragment Of(ref HtmlWriter markup) => new(markup.ToString());

    public static HtmlFragment Concat(IEnumerable<HtmlFragment> fragments) => new(string.Concat(fragments.Select(fragment => fragment.Markup)));

    public override string ToString() => Markup;
}
