namespace Rescue.Sessions.Email.Templates.Html;

/// <summary>A value is text wherever it stands in the markup, and sound markup is taken as it is.</summary>
public sealed class HtmlPlacementTests
{
    [Fact]
    public void Render_HostileValues_AreTextInHtml()
    {
        var template = EmailTemplateTests.Accept(new("x", "{{ link.url }}",
            "<a href=\"{{ link.url }}\" title='{{ customer.name }}'>{{ customer.name }}</a><a href=\"https://example.org/?q={{ customer.name }}\">?</a>"));
        var values = EmailTemplateTests.ValuesOf("<b> \"'&=\u00e9");

        var html = template.Render(values).Html;

        html.Should().Contain("title='&lt;b&gt; &#34;&#39;&amp;=\u00e9'>&lt;b&gt; &#34;&#39;&amp;=\u00e9</a>");
        html.Should().Contain("href=\"https://example.org/?q=%3Cb%3E%20%22%27%26%3D%C3%A9\"");
    }

    [Theory]
    [InlineData("<p title='{{ customer.name | string.upcase }}'>{{ link.url }}</p>", "title='&lt;I&gt; &#34;&#39;&amp;'")]
    [InlineData("<p>{{ $\"{customer.name}!\" }}</p>{{ link.url }}", "<p>&lt;i&gt; &#34;&#39;&amp;!</p>")]
    [InlineData("<p>{{ customer.name | string.split ' ' | array.join '<' }}</p>{{ link.url }}", "<p>&lt;i&gt;&lt;&#34;&#39;&amp;</p>")]
    [InlineData("<a href=\"https://example.org/?q={{ customer.name + '&x=' }}\">?</a>{{ link.url }}", "?q=%3Ci%3E%20%22%27%26%26x%3D\"")]
    public void Render_WhatFunctionsMake_IsTextInHtml(string html, string rendered) =>
        EmailTemplateTests.Accept(new("x", "{{ link.url }}", html)).Render(EmailTemplateTests.ValuesOf("<i> \"'&")).Html.Should().Contain(rendered);

    [Theory]
    [InlineData("<a href=\"{{ link.url }}\">{{ customer.name }}</a>")]
    [InlineData("<a href=' {{ link.url }} '><img src=\"cid:logo\" alt=\"Open\"></a>")]
    [InlineData("<div style=\"display:none\">preview</div><p>{{ link.url }}</p>")]
    [InlineData("<div hidden><div>a</div><div>b</div></div>{{ link.url }}")]
    [InlineData("<!doctype html><html><head><title>{{ customer.name }}</title><body>{{ link.url }}")]
    [InlineData("<a {{ if device.mobile }}class=\"big\"{{ end }} href=\"{{ if device.mobile }}{{ link.url }}{{ else }}{{ link.url }}{{ end }}\">Go</a>")]
    [InlineData("<!-- note --><!--[if mso]><p><![endif]-->{{ link.url }}<a href=\"mailto:{{ technician.email }}\">Ask</a>")]
    [InlineData("<p>1 < 2 & {{ link.url }}</p>")]
    [InlineData("<meta charset=utf-8><p style=\"font-size:0.9em;width:100%;opacity:.5\">{{ link.url }}</p>")]
    public void Check_SoundHtml_IsAccepted(string html) => EmailTemplate.Check(new("x", "{{ link.url }}", html)).Problems.Should().BeEmpty();
}
