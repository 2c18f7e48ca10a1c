namespace Rescue.Sessions.Email.Smtp;

/// <summary>Finds a mail server that was given no options at the start, by the name that the host's rule chose; null where there is none.</summary>
internal sealed class SmtpServerLookup(IServiceProvider services, Func<IServiceProvider, string, CancellationToken, ValueTask<SmtpOptions?>> find)
{
    public ValueTask<SmtpOptions?> FindAsync(string name, CancellationToken cancellationToken) => find(services, name, cancellationToken);
}
