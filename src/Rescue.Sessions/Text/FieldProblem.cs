namespace Rescue.Sessions;

/// <summary>What is wrong with one field of an input.</summary>
/// <param name="Field">The field's path in JSON spelling, such as <c>email.to</c>.</param>
/// <param name="Message">What is wrong and what would be right, as a sentence.</param>
public sealed record FieldProblem(string Field, string Message);
