namespace Rescue.Sessions;

/// <summary>The answer to a request to erase one customer: <see cref="Done"/> or <see cref="Refused"/>.</summary>
public abstract record CustomerErasure
{
    private CustomerErasure()
    {
    }

    /// <summary>All of the customer's ended sessions are erased.</summary>
    /// <param name="Erased">How many they were.</param>
    /// <param name="Open">How many of the customer's sessions are still open and were left alone; close them and ask again.</param>
    public sealed record Done(int Erased, int Open) : CustomerErasure;

    /// <summary>The technician lacks the right.</summary>
    /// <param name="Reason">Every missing right.</param>
    public sealed record Refused(Refusal.Forbidden Reason) : CustomerErasure;
}
