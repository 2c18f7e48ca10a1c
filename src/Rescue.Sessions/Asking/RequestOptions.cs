using Rescue.Sessions.Creating;

namespace Rescue.Sessions.Asking;

/// <summary>Whether customers may ask for help themselves, without an invitation, and what they are asked for besides their name and what it is about.</summary>
public sealed class RequestOptions
{
    /// <summary>Whether they may; off by default, and then the page is not there.</summary>
    public bool IsEnabled { get; set; }

    /// <summary>Whether they are asked for an email address, by which technicians can reach them; nothing is sent to it, and nobody has verified it. Hidden by default.</summary>
    public RequestField Email { get; set; }

    /// <summary>
    /// Whether they are asked for a reference, such as the ticket number that they were given; hidden by default. One that is given must have the form of the
    /// tenant's (<see cref="ReferenceOptions.Pattern"/>), and is not looked up (<see cref="ReferenceOptions.Check"/>), so that no stranger learns which there are.
    /// </summary>
    public RequestField Reference { get; set; }

    /// <summary>
    /// How long a customer who has asked waits for somebody to take them up, in place of <see cref="Lifecycle.TimeoutOptions.Waiting"/>; then the session ends by
    /// itself, also where they have gone meanwhile, and their page says so. Coming back does not begin the time anew. One second to 30 days, 0 = never; 30 minutes by default.
    /// </summary>
    public TimeSpan Waiting { get; set; } = TimeSpan.FromMinutes(30);
}
