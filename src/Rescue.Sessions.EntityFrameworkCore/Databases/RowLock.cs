namespace Rescue.Sessions.EntityFrameworkCore.Databases;

/// <summary>What a query of table <c>s</c> says in order to lock its rows until the transaction ends.</summary>
/// <param name="Suffix">Behind all else.</param>
/// <param name="IsOvertaken">
/// The last column: whether the row was changed last by a transaction that counts as a later one, so that what the present one writes would be numbered
/// before what it comes after.
/// </param>
internal sealed record RowLock(string Suffix, string IsOvertaken);
