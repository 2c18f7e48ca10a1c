namespace Rescue.Sessions.Asking;

/// <summary>What a tenant's customers are asked for who ask for help themselves, besides their name and what it is about.</summary>
/// <param name="Email">Whether for an email address.</param>
/// <param name="Reference">Whether for a reference.</param>
/// <param name="ReferenceExample">A reference that would do, or null.</param>
public sealed record RequestRule(RequestField Email, RequestField Reference, string? ReferenceExample);
