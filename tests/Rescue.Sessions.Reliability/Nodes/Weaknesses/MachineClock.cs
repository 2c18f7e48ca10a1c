namespace Rescue.Sessions.Reliability.Nodes.Weaknesses;

/// <summary>The machine's clock as a host's own, which the library then leaves alone.</summary>
internal sealed class MachineClock : TimeProvider;
