namespace Rescue.Sessions.Guessing;

/// <summary>
/// How many wrong PINs are tolerated before typed PINs are not looked at for a while. With N live sessions, T guesses at six digits hit one
/// with probability 1-(1-N/10^6)^T, so a limit per address alone does not hold against many addresses.
/// </summary>
public sealed class GuessOptions
{
    /// <summary>The window over which guesses are counted, one second to one day; ten minutes by default.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Wrong PINs per address and window; an IPv6 address counts as its /64 network. 0 = no limit; 10 by default.</summary>
    public int PerAddress { get; set; } = 10;

    /// <summary>Wrong PINs per tenant, of whose pages they are typed into, and window. 0 = no limit; 50 by default.</summary>
    public int PerTenant { get; set; } = 50;

    /// <summary>Wrong PINs overall and window. 0 = no limit; 100 by default.</summary>
    public int Overall { get; set; } = 100;
}
