namespace Rescue.Sessions.Reliability;

/// <summary>A control saw nothing, so that the run can tell nothing of the promise. Where the promise was seen broken all the same, that counts.</summary>
internal sealed class VoidRunException(string reason) : Exception(reason);
