using Rescue.Sessions.Retention;

namespace Rescue.Sessions.Colleagues;

/// <summary>What is read of the options about technicians and those who were seen.</summary>
internal interface IColleagueOptions
{
    TechnicianOptions Technicians { get; }

    RetentionOptions Retention { get; }
}
