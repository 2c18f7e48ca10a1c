namespace Rescue.Sessions.AspNetCore.Descriptions;

/// <summary>Tells of an answer that is a page for people, refusals included.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class PageAttribute : AnswersAttribute
{
    public PageAttribute(int status, string meaning)
        : base(status, meaning)
    {
        MediaType = "text/html";
        Headers = ["Content-Language"];
    }
}
