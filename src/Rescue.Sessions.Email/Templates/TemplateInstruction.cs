namespace Rescue.Sessions.Email.Templates;

/// <summary>One step of a program, in eight bytes: a hostile template has tens of thousands.</summary>
internal readonly record struct TemplateInstruction
{
    private const int OperandBits = 24;

    private readonly uint packed;

    public TemplateInstruction(TemplateOpCode code, TemplateEncoding encoding, int operand, int length)
    {
        packed = ((uint)code << 28) | ((uint)encoding << OperandBits) | (uint)operand & ((1u << OperandBits) - 1);
        Length = length;
    }

    /// <summary>What to do.</summary>
    public TemplateOpCode Code => (TemplateOpCode)(packed >> 28);

    /// <summary>How a value is written.</summary>
    public TemplateEncoding Encoding => (TemplateEncoding)((packed >> OperandBits) & 15);

    /// <summary>An offset into the text, a value's number or a jump's target.</summary>
    public int Operand => (int)(packed << 8) >> 8;

    /// <summary>The length of a slice of text.</summary>
    public int Length { get; }

    public TemplateInstruction WithOperand(int operand) => new(Code, Encoding, operand, Length);

    public TemplateInstruction WithLength(int length) => new(Code, Encoding, Operand, length);
}
