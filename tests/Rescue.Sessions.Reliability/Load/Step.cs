namespace Rescue.Sessions.Reliability.Load;

/// <summary>What is asked of nodes, and timed.</summary>
internal enum Step
{
    Create,
    Invite,
    Mail,
    Landing,
    Join,
    Ready,
    Heartbeat,
    List,
    Search,
    Start,
    Details,
    Hold,
    Resume,
    Close,
}
