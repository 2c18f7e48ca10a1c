namespace Rescue.Sessions.Email.Templates;

/// <summary>A slice of a program's text.</summary>
internal readonly record struct TextSlice(int Offset, int Length);
