namespace Rescue.Sessions.Retention;

/// <summary>How long what has ended is kept.</summary>
public sealed class RetentionOptions
{
    /// <summary>
    /// How long after its end a session is erased, with its history and all personal data; one hour to ten years, 0 = never. 90 days by default.
    /// </summary>
    public TimeSpan Ended { get; set; } = TimeSpan.FromDays(90);

    /// <summary>
    /// How long after they were seen last a technician's name and presence are kept, and they are listed as a colleague; one hour to ten years, 0 = for ever.
    /// 30 days by default.
    /// </summary>
    public TimeSpan Technicians { get; set; } = TimeSpan.FromDays(30);
}
