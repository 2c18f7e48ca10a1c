namespace Rescue.Sessions.Fields;

/// <summary>The host's own data that rides on a session: five general fields and one for tracking. Immutable.</summary>
public sealed record CustomFields
{
    /// <summary>Free text of at most 64 characters.</summary>
    public string? Field0 { get; init; }

    /// <summary>Free text of at most 512 characters.</summary>
    public string? Field1 { get; init; }

    /// <summary>Free text of at most 512 characters.</summary>
    public string? Field2 { get; init; }

    /// <summary>Free text of at most 256 characters.</summary>
    public string? Field3 { get; init; }

    /// <summary>Free text of at most 64 characters.</summary>
    public string? Field4 { get; init; }

    /// <summary>Free text of at most 64 characters.</summary>
    public string? Field5 { get; init; }

    /// <summary>An id of the host's own systems, of at most 64 characters.</summary>
    public string? Tracking { get; init; }

    internal IEnumerable<FieldProblem> Problems()
    {
        (string Name, string? Value, int Most)[] fields =
        [
            ("field0", Field0, 64), ("field1", Field1, 512), ("field2", Field2, 512), ("field3", Field3, 256),
            ("field4", Field4, 64), ("field5", Field5, 64), ("tracking", Tracking, 64),
        ];
        foreach (var (name, value, most) in fields)
        {
            if (Problem(name, value, most) is { } problem)
                yield return new($"fields.{name}", problem);
        }
    }

    private static string? Problem(string name, string? value, int most) => value switch
    {
        null => null,
        _ when TextRules.IsLongerThan(value, most) => $"The field {name} must not be longer than {most} characters.",
        _ when TextRules.HasForbiddenCharacter(value) => $"The field {name} must not contain control characters or line breaks.",
        _ => null,
    };

    /// <summary>No name and no address, for it may come into a log.</summary>
    public override string ToString() => nameof(CustomFields);
}
