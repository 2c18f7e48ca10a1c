namespace Rescue.Sessions.Guests;

/// <summary>How long and how many guests take part in a session.</summary>
public sealed class GuestOptions
{
    /// <summary>How long a guest's link is good where the technician does not say, one minute to <see cref="MaxValidity"/>; one hour by default.</summary>
    public TimeSpan Validity { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The longest that a technician may say, one minute to seven days; eight hours by default.</summary>
    public TimeSpan MaxValidity { get; set; } = TimeSpan.FromHours(8);

    /// <summary>How many guests a session has at most at a time, those who were invited and have not come among them, 1 to 10; 3 by default.</summary>
    public int Most { get; set; } = 3;
}
