namespace Rescue.Sessions.Email.Templates;

/// <summary>One step of a program.</summary>
/// <param name="Code">What to do.</param>
/// <param name="Encoding">How a value is written.</param>
/// <param name="Operand">An offset into the text, a value's number or a jump's target.</param>
/// <param name="Length">The length of a slice of text.</param>
internal readonly record struct TemplateInstruction(TemplateOpCode Code, TemplateEncoding Encoding, int Operand, int Length);
