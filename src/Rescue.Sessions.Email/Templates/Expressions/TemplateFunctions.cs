using System.Collections.Immutable;

namespace Rescue.Sessions.Email.Templates;

/// <summary>The functions of <see cref="TemplateFunction.All"/>, with what they take and how long a result can be.</summary>
internal static class TemplateFunctions
{
    public static readonly ImmutableArray<TemplateFunction> All =
    [
        Text("string.append", "text text", Sum, "customer.name | string.append '!'", "Ada Lovelace!"),
        Text("string.capitalize", "text", Same, "'hello world' | string.capitalize", "Hello world"),
        Text("string.capitalizewords", "text", Same, "'hello world' | string.capitalizewords", "Hello World"),
        Truth("string.contains", "text text", "customer.name | string.contains 'Ada'", "true"),
        Text("string.downcase", "text", Same, "customer.name | string.downcase", "ada lovelace"),
        Truth("string.empty", "text", "'' | string.empty", "true"),
        Truth("string.ends_with", "text text", "customer.name | string.ends_with 'lace'", "true"),
        Truth("string.equals_ignore_case", "text text", "customer.name | string.equals_ignore_case 'ADA LOVELACE'", "true"),
        Text("string.handleize", "TEXT", Same, "'Ada & Co' | string.handleize", "ada-co"),
        Number("string.index_of", "TEXT TEXT", "customer.name | string.index_of 'L'", "4"),
        Text("string.lstrip", "text", Same, "'  x' | string.lstrip", "x"),
        Text("string.pad_left", "text size", Padded, "'7' | string.pad_left 3", "  7"),
        Text("string.pad_right", "text size", Padded, "'7' | string.pad_right 3", "7  "),
        Text("string.prepend", "text text", Sum, "customer.name | string.prepend 'Dear '", "Dear Ada Lovelace"),
        Text("string.remove", "text text", Same, "'a-b-c' | string.remove '-'", "abc"),
        Text("string.remove_first", "text text", Same, "'a-b-c' | string.remove_first '-'", "ab-c"),
        Text("string.remove_last", "text text", Same, "'a-b-c' | string.remove_last '-'", "a-bc"),
        Text("string.replace", "text literal text", Replaced, "'a-b-c' | string.replace '-' '/'", "a/b/c"),
        Text("string.replace_first", "text literal text", facts => facts[0].MaxLength + facts[2].MaxLength, "'a-b-c' | string.replace_first '-' '/'", "a/b-c"),
        Text("string.rstrip", "text", Same, "'x  ' | string.rstrip", "x"),
        Number("string.size", "text", "customer.name | string.size", "12"),
        Text("string.slice", "text shift size?", Same, "customer.name | string.slice 0 3", "Ada"),
        new("string.split", "text literal", TemplateType.List, facts => (2 * facts[0].MaxLength) + 1, "'a,b' | string.split ',' | array.size", "2"),
        Truth("string.starts_with", "text text", "customer.name | string.starts_with 'Ada'", "true"),
        Text("string.strip", "text", Same, "' x ' | string.strip", "x"),
        Text("string.strip_newlines", "text", Same, "'a b' | string.strip_newlines", "a b"),
        Number("string.to_int", "text", "(('41' | string.to_int) ?? 0) + 1", "42"),
        Number("string.to_double", "text", "(('1.5' | string.to_double) ?? 0) * 2", "3"),
        Text("string.truncate", "text size literal?", Truncated, "customer.name | string.truncate 6", "Ada..."),
        Text("string.truncatewords", "text size literal?", Truncated, "customer.name | string.truncatewords 1", "Ada..."),
        Text("string.upcase", "text", Same, "customer.name | string.upcase", "ADA LOVELACE"),
        Truth("string.whitespace", "text", "' ' | string.whitespace", "true"),
        Number("math.abs", "number", "-4 | math.abs", "4"),
        Number("math.ceil", "number", "4.2 | math.ceil", "5"),
        Number("math.divided_by", "number divisor", "8 | math.divided_by 2", "4"),
        Number("math.floor", "number", "4.8 | math.floor", "4"),
        Number("math.minus", "number number", "4 | math.minus 1", "3"),
        Number("math.modulo", "number divisor", "7 | math.modulo 4", "3"),
        Number("math.plus", "number number", "4 | math.plus 1", "5"),
        Number("math.round", "number digits?", "4.56 | math.round 1", "4.6"),
        Number("math.times", "number number", "4 | math.times 3", "12"),
        List("array.add_range", "list list", Sum, "array.add_range ('a b' | string.split ' ') ('c' | string.split ' ') | array.join ','", "a,b,c"),
        List("array.compact", "list", Same, "'a b' | string.split ' ' | array.compact | array.join ','", "a,b"),
        List("array.concat", "list list", Sum, "array.concat ('a b' | string.split ' ') ('c' | string.split ' ') | array.join ','", "a,b,c"),
        Truth("array.contains", "list text", "'a b' | string.split ' ' | array.contains 'b'", "true"),
        Text("array.first", "list", Same, "customer.name | string.split ' ' | array.first", "Ada"),
        Text("array.join", "list literal", Joined, "'a b' | string.split ' ' | array.join '-'", "a-b"),
        Text("array.last", "list", Same, "customer.name | string.split ' ' | array.last", "Lovelace"),
        List("array.limit", "list size", Same, "'a b c' | string.split ' ' | array.limit 2 | array.join ','", "a,b"),
        List("array.offset", "list size", Same, "'a b c' | string.split ' ' | array.offset 1 | array.join ','", "b,c"),
        List("array.reverse", "list", Same, "'a b c' | string.split ' ' | array.reverse | array.join ','", "c,b,a"),
        Number("array.size", "list", "'a b c' | string.split ' ' | array.size", "3"),
        List("array.sort", "list", Same, "'b a' | string.split ' ' | array.sort | array.join ','", "a,b"),
        List("array.uniq", "list", Same, "'a b a' | string.split ' ' | array.uniq | array.join ','", "a,b"),
        Text("date.to_string", "moment pattern culture?", facts => 64 * (facts[1].MaxLength + 1), "link.expires | date.to_string '%H:%M'", "20:15"),
        Moment("date.add_days", "link.expires | date.add_days 1 | date.to_string '%F'", "2030-01-03"),
        Moment("date.add_months", "link.expires | date.add_months 1 | date.to_string '%F'", "2030-02-02"),
        Moment("date.add_years", "link.expires | date.add_years 1 | date.to_string '%F'", "2031-01-02"),
        Moment("date.add_hours", "link.expires | date.add_hours 1 | date.to_string '%R'", "21:15"),
        Moment("date.add_minutes", "link.expires | date.add_minutes (-15) | date.to_string '%R'", "20:00"),
        Moment("date.add_seconds", "link.expires | date.add_seconds 30 | date.to_string '%T'", "20:15:30"),
        Moment("date.add_milliseconds", "link.expires | date.add_milliseconds 5 | date.to_string '%L'", "005"),
    ];

    private static readonly Dictionary<string, TemplateFunction> ByName = All.ToDictionary(function => function.Name, StringComparer.Ordinal);

    public static TemplateFunction? Find(string name) => ByName.GetValueOrDefault(name);

    private static TemplateFunction Text(string name, string parameters, Func<ExpressionFacts[], long> length, string example, string output) =>
        new(name, parameters, TemplateType.Text, length, example, output);

    private static TemplateFunction List(string name, string parameters, Func<ExpressionFacts[], long> length, string example, string output) =>
        new(name, parameters, TemplateType.List, length, example, output);

    private static TemplateFunction Truth(string name, string parameters, string example, string output) =>
        new(name, parameters, TemplateType.Boolean, _ => ExpressionFacts.LongestTruthValue, example, output);

    // Whole numbers grow by a digit for each sum and add their digits in a product.
    private static TemplateFunction Number(string name, string parameters, string example, string output) =>
        new(name, parameters, TemplateType.Number, facts => facts[0].Type == TemplateType.Number ? Sum(facts) + 1 : ExpressionFacts.LongestNumber, example, output);

    private static TemplateFunction Moment(string name, string example, string output) =>
        new(name, "moment shift", TemplateType.Moment, _ => ExpressionFacts.LongestMoment, example, output);

    private static long Same(ExpressionFacts[] facts) => facts[0].MaxLength;

    private static long Sum(ExpressionFacts[] facts) => facts.Sum(fact => fact.MaxLength);

    private static long Padded(ExpressionFacts[] facts) => Math.Max(facts[0].MaxLength, SizeOf(facts[1]));

    private static long Truncated(ExpressionFacts[] facts) => facts[0].MaxLength + (facts.Length > 2 ? facts[2].MaxLength : 3) + 1;

    private static long Replaced(ExpressionFacts[] facts) => facts[0].MaxLength * Math.Max(1, facts[2].MaxLength);

    private static long Joined(ExpressionFacts[] facts) => facts[0].MaxLength * Math.Max(1, facts[1].MaxLength + 1);

    private static long SizeOf(in ExpressionFacts fact) => fact.Constant is int size ? size : 0;
}
