namespace Rescue.Sessions.Email.Dispatching;

/// <summary>What a record has with it and is not compared by.</summary>
/// <param name="Value">What it has.</param>
internal readonly record struct Uncompared<TValue>(TValue? Value)
    where TValue : class
{
    public bool Equals(Uncompared<TValue> other) => true;

    public override int GetHashCode() => 0;
}
