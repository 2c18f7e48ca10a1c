namespace Rescue.Sessions.AspNetCore.Technicians;

/// <summary>How many sessions were erased, and how many are still open and were left alone.</summary>
internal sealed record ErasedView(int Erased, int Open);
