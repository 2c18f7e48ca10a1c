namespace Rescue.Sessions.Reliability.Races;

/// <summary>One thing that only one of many may get.</summary>
internal interface IContest
{
    /// <summary>Lets one racer try for it.</summary>
    Task<Finish> RunAsync(int racer, CancellationToken cancellationToken);

    /// <summary>Whether the nodes, asked afterwards, agree that this one has it.</summary>
    Task<bool> BelongsToAsync(Finish winner, CancellationToken cancellationToken);
}
