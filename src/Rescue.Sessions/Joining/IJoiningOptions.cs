namespace Rescue.Sessions.Joining;

/// <summary>What joining reads of the options.</summary>
internal interface IJoiningOptions
{
    GuessOptions Guessing { get; }
}
