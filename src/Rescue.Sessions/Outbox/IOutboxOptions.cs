namespace Rescue.Sessions.Outbox;

/// <summary>What the outbox reads of the options.</summary>
internal interface IOutboxOptions
{
    OutboxOptions Outbox { get; }
}
