namespace Rescue.Sessions.Testing;

/// <summary>What a test expected is not so. The message says what is, and fits every test framework.</summary>
public sealed class TestFailedException : Exception
{
    /// <summary>Makes one.</summary>
    /// <param name="message">What was expected, and what there is.</param>
    public TestFailedException(string message)
        : base(message)
    {
    }
}
