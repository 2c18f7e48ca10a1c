namespace Rescue.Sessions.Email.Dkim;

/// <summary>What signing reads of the options.</summary>
internal interface IDkimOptions
{
    IList<DkimKey> Dkim { get; }
}
