using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Rescue.Sessions.Asking;
using Rescue.Sessions.AspNetCore.Customers.Pages;
using Rescue.Sessions.AspNetCore.Html;
using Rescue.Sessions.Requests;

namespace Rescue.Sessions.AspNetCore.Customers;

/// <summary>The form by which a customer asks for help. It works without script.</summary>
/// <param name="texts">The customer's language.</param>
/// <param name="context">Whose page it is.</param>
/// <param name="rule">What is asked for.</param>
internal sealed class RequestPage(CustomerTexts texts, CustomerContext context, RequestRule rule)
{
    private const int MaxName = 128;

    // As the page has them from above.
    private static readonly string[] Fields = ["customerName", "topic", "email", "reference"];

    public PageResult Of(RequestForm form) => Page(form, [], null, StatusCodes.Status200OK);

    /// <summary>Once more with what was filled in, and what is wrong with it.</summary>
    public PageResult Wrong(RequestForm form, ImmutableArray<FieldProblem> problems) =>
        Page(form, [.. problems.Select(problem => problem.Field)], texts["Request_Wrong"], StatusCodes.Status400BadRequest);

    /// <summary>Once more with what was filled in, for later.</summary>
    public PageResult Refused(RequestForm form, string why, int statusCode) => Page(form, [], texts[why], statusCode);

    private PageResult Page(RequestForm form, HashSet<string> wrong, string? alert, int statusCode)
    {
        var message = alert is null ? HtmlFragment.Empty : HtmlFragment.Of($"""<p class="alert" id="problem" role="alert">{alert}</p>""");
        return new(
            texts,
            context.Organization,
            texts["Request_Title"],
            HtmlFragment.Of(
                $"""
                <p>{texts.Format("Request_Intro", context.Organization.Name)}</p>
                {message}
                <form method="post" action="{context.Request}">
                <input type="hidden" name="form" value="{form.Id}">
                {Name(form, wrong)}
                {Topic(form, wrong)}
                {Email(form, wrong)}
                {Reference(form, wrong)}
                <button class="button" type="submit">{texts["Request_Button"]}</button>
                </form>
                <p class="soft">{texts.Format("Request_Privacy", context.Organization.Name)}</p>
                <p class="soft"><a href="{context.PinPage}">{texts["PinInstead"]}</a></p>
                """),
            statusCode)
        {
            Style = PageStyle.Request,
            TellsItsOrigin = true,
            MayBeUnasked = false,
        };
    }

    private HtmlFragment Name(RequestForm form, HashSet<string> wrong)
    {
        var problem = Problem("name", "customerName", wrong);
        return HtmlFragment.Of(
            $"""
            <label for="name">{texts["Request_Name"]}</label>
            <input id="name" name="name" type="text" dir="auto" autocomplete="name" maxlength="{Text(MaxName)}" required value="{form.Name}"{problem.Mark}>
            {problem.Text}
            """);
    }

    private HtmlFragment Topic(RequestForm form, HashSet<string> wrong)
    {
        var problem = Problem("topic", "topic", wrong);
        // A line break that follows the tag at once would not count; what was typed may begin with one.
        return HtmlFragment.Of(
            $"""
            <label for="topic">{texts["Request_Topic"]}</label>
            <textarea id="topic" name="topic" dir="auto" rows="4" maxlength="{Text(CustomerRequest.MaxTopicLength)}" required{problem.Mark}>
            {form.Topic}</textarea>
            {problem.Text}
            """);
    }

    private HtmlFragment Email(RequestForm form, HashSet<string> wrong)
    {
        if (rule.Email == RequestField.Hidden)
            return HtmlFragment.Empty;
        var problem = Problem("email", "email", wrong);
        return HtmlFragment.Of(
            $"""
            <label for="email">{texts["Request_Email"]}{Optional(rule.Email)}</label>
            <input id="email" name="email" type="email" dir="ltr" autocomplete="email" maxlength="{Text(CustomerRequest.MaxEmailLength)}"{Required(rule.Email)} value="{form.Email}"{problem.Mark}>
            {problem.Text}
            """);
    }

    private HtmlFragment Reference(RequestForm form, HashSet<string> wrong)
    {
        if (rule.Reference == RequestField.Hidden)
            return HtmlFragment.Empty;
        var problem = Problem("reference", "reference", wrong);
        var example = rule.ReferenceExample is { } text ? HtmlFragment.Of($""" <small>{texts.Format("Request_Example", text)}</small>""") : HtmlFragment.Empty;
        return HtmlFragment.Of(
            $"""
            <label for="reference">{texts["Request_Reference"]}{Optional(rule.Reference)}{example}</label>
            <input id="reference" name="reference" type="text" dir="auto" autocomplete="off" maxlength="{Text(NewSession.MaxReferenceLength)}"{Required(rule.Reference)} value="{form.Reference}"{problem.Mark}>
            {problem.Text}
            """);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private HtmlFragment Optional(RequestField field) =>
        field == RequestField.Optional ? HtmlFragment.Of($""" <small>{texts["Request_Optional"]}</small>""") : HtmlFragment.Empty;

    private static HtmlFragment Required(RequestField field) => field == RequestField.Required ? HtmlFragment.Of($" required") : HtmlFragment.Empty;

    private (HtmlFragment Mark, HtmlFragment Text) Problem(string field, string path, HashSet<string> wrong)
    {
        if (!wrong.Contains(path))
            return (HtmlFragment.Empty, HtmlFragment.Empty);
        // A new page says its alert to hardly anybody who does not see it; the field says what is wrong with it.
        var focus = Fields.First(wrong.Contains) == path ? HtmlFragment.Of($" autofocus") : HtmlFragment.Empty;
        return (
            HtmlFragment.Of($""" aria-invalid="true" aria-describedby="{field}-problem"{focus} """),
            HtmlFragment.Of($"""<p class="problem" id="{field}-problem">{texts[$"Request_Wrong_{field}"]}</p>"""));
    }
}
