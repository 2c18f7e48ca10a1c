namespace Rescue.Sessions.Reliability.Clocks;

/// <summary>Something happened between two moments of the database server's machine, whose clock is right.</summary>
internal readonly record struct TimeWindow(DateTimeOffset From, DateTimeOffset To);
