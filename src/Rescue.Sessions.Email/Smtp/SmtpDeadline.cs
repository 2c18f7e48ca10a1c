namespace Rescue.Sessions.Email.Smtp;

/// <summary>
/// The time one answer may take, started anew by every command and every complete answer; an answer that drips in does not extend
/// it. The caller's cancellation counts until the body is begun.
/// </summary>
internal sealed class SmtpDeadline : IDisposable
{
    private readonly SmtpConversation conversation;
    private readonly CancellationTokenSource source;
    private readonly CancellationTokenRegistration caller;
    private TimeSpan allowance;

    public SmtpDeadline(TimeSpan timeout, TimeProvider time, SmtpConversation conversation, CancellationToken cancellationToken)
    {
        allowance = timeout;
        this.conversation = conversation;
        source = new CancellationTokenSource(timeout, time);
        caller = cancellationToken.UnsafeRegister(static deadline => ((SmtpDeadline)deadline!).CancelUnlessBodyBegun(), this);
        conversation.Progressed = Restart;
    }

    public CancellationToken Token => source.Token;

    /// <summary>Whether it was the caller who ended the wait.</summary>
    public bool IsCancelledByCaller { get; private set; }

    public bool HasPassed => source.IsCancellationRequested && !IsCancelledByCaller;

    /// <summary>Gives each of the answers that follow so long.</summary>
    public void Allow(TimeSpan timeout)
    {
        allowance = timeout;
        Restart();
    }

    public void Dispose()
    {
        conversation.Progressed = null;
        caller.Dispose();
        source.Dispose();
    }

    private void Restart() => source.CancelAfter(allowance);

    private void CancelUnlessBodyBegun()
    {
        if (conversation.IsBodyBegun || source.IsCancellationRequested)
            return;
        IsCancelledByCaller = true;
        source.Cancel();
    }
}
