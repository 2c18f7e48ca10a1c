namespace Rescue.Sessions.Codes;

/// <summary>What codes read of the options.</summary>
internal interface ICodeOptions
{
    CodeOptions Codes { get; }
}
