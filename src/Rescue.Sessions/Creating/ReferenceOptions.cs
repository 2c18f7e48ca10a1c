namespace Rescue.Sessions.Creating;

/// <summary>What the reference of a session, such as a ticket number, must be. Where nothing is set a session needs none, and takes any.</summary>
public sealed class ReferenceOptions
{
    /// <summary>
    /// Whether a technician can make no session without a reference; off by default. Customers who ask for help themselves have none to give, and are not
    /// asked for one.
    /// </summary>
    public bool IsRequired { get; set; }

    /// <summary>
    /// What a reference that is given must look like as a whole, as a .NET regular expression without lookarounds and back references, such as
    /// <c>INC-[0-9]{1,8}</c>; null, the default, for any text.
    /// </summary>
    public string? Pattern { get; set; }

    /// <summary>A reference as technicians know them, which they are shown as an example; it must fit <see cref="Pattern"/>. Null, the default, for none.</summary>
    public string? Example { get; set; }

    /// <summary>
    /// Looks a reference up in the host's own systems for the technician who makes the session: null where it may have it, otherwise what is wrong with it, as a sentence for the technician.
    /// Asked once for each new session that has a reference of the right form, after the technician's rights, by many threads; an exception it throws reaches the
    /// caller, and nothing is made. Null, the default, for no such look.
    /// </summary>
    public Func<Technician, string, CancellationToken, ValueTask<string?>>? Check { get; set; }
}
