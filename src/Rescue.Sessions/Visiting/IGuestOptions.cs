using Rescue.Sessions.Guests;

namespace Rescue.Sessions.Visiting;

/// <summary>What visits read of the options.</summary>
internal interface IGuestOptions
{
    GuestOptions Guests { get; }
}
