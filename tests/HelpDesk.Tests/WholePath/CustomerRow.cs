using Rescue.Sessions.Lifecycle;

namespace HelpDesk.Tests.WholePath;

/// <summary>A row of the life table as the customer meets it.</summary>
/// <param name="From">Where the session is.</param>
/// <param name="Trigger">What happens.</param>
/// <param name="To">Where it leads.</param>
/// <param name="Words">The last line of the applet then.</param>
/// <param name="ExitCode">Its exit code, where it ends.</param>
internal sealed record CustomerRow(SessionStatus From, SessionTrigger Trigger, SessionStatus To, string Words, int? ExitCode);
