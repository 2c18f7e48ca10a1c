using Rescue.Sessions.Codes;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Creating;

/// <summary>Draws codes for new sessions until one is free; PINs are as long as the number of live ones asks for. Thread-safe.</summary>
internal sealed class DrawnCodes(ISessionStore store, SessionSecrets secrets)
{
    private long liveCodes;

    /// <summary>Stores a new session.</summary>
    /// <param name="prepare">Puts it together with a code; called again with another one where the first was taken.</param>
    /// <param name="cancellationToken">Ends the wait; the session may be stored all the same.</param>
    /// <returns>That it is stored or was before, and the code.</returns>
    public async ValueTask<(SessionCreationResult Result, ConnectionCode Code)> StoreAsync(
        Func<ConnectionCode, SessionCreation> prepare, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var code = secrets.Draw(Interlocked.Read(ref liveCodes));
            var result = await store.CreateAsync(prepare(code), cancellationToken).ConfigureAwait(false);
            Interlocked.Exchange(ref liveCodes, result.LiveCodes);
            if (result.Outcome != SessionCreationOutcome.PinTaken)
                return (result, code);
        }
    }
}
