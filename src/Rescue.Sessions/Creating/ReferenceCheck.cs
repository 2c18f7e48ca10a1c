namespace Rescue.Sessions.Creating;

/// <summary>A reference that a technician wants to give a new session.</summary>
/// <param name="Technician">Who makes the session, whose tenant will have it.</param>
/// <param name="Reference">The reference as it will be kept.</param>
public sealed record ReferenceCheck(Technician Technician, string Reference)
{
    /// <summary>No reference, for it may come into a log.</summary>
    public override string ToString() => nameof(ReferenceCheck);
}
