namespace Rescue.Sessions.Retention;

/// <summary>What retention reads of the options.</summary>
internal interface IRetentionOptions
{
    RetentionOptions Retention { get; }
}
