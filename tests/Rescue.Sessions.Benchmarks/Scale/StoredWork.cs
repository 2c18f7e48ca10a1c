namespace Rescue.Sessions.Benchmarks.Scale;

/// <summary>Something that is done with stored sessions.</summary>
/// <param name="Name">What is printed.</param>
/// <param name="Run">Does it once.</param>
/// <param name="Prepare">Makes the session that it is done to; null where none is needed.</param>
internal sealed record StoredWork(string Name, Func<StoredDesk, SessionId, Task> Run, Func<StoredDesk, Task<SessionId>>? Prepare = null);
