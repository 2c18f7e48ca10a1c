namespace Rescue.Sessions.Guessing;

/// <summary>What the limits on guessing read of the options.</summary>
internal interface IGuessOptions
{
    GuessOptions Guessing { get; }
}
