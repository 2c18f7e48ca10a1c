using Rescue.Sessions.Reliability.Nodes;

namespace Rescue.Sessions.Reliability.Load;

/// <summary>A customer whose program runs and listens.</summary>
internal sealed record WaitingCustomer(int Number, string Tenant, MadeSession Session, string AppletKey, ListeningStream Stream, long ReadyAt);
