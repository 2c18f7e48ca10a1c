using Microsoft.Extensions.DependencyInjection;

namespace Rescue.Sessions.Email.Smtp;

/// <summary>Finds a mail server that was given no options at the start, by the name that the host's rule chose; null where there is none.</summary>
internal sealed class SmtpServerLookup(IServiceScopeFactory scopes, Func<IServiceProvider, string, CancellationToken, ValueTask<SmtpOptions?>> find)
{
    /// <summary>Asks with services of the question's own, such as a database context.</summary>
    public async ValueTask<SmtpOptions?> FindAsync(string name, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await find(scope.ServiceProvider, name, cancellationToken).ConfigureAwait(false);
    }
}
