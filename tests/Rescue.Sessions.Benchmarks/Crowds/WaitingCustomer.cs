namespace Rescue.Sessions.Benchmarks.Crowds;

/// <summary>A customer whose program runs and waits, as the program knows itself.</summary>
internal readonly record struct WaitingCustomer(string Session, string Key)
{
    public string Path(string verb) => $"/applet/{Session}/{verb}";
}
