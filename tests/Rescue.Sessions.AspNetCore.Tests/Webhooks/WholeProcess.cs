namespace Rescue.Sessions.AspNetCore.Tests.Webhooks;

/// <summary>Tests that change what the whole process goes by, and run while no other does.</summary>
[CollectionDefinition(nameof(WholeProcess), DisableParallelization = true)]
public sealed class WholeProcess;
