using Rescue.Sessions.Applet;
using Rescue.Sessions.Applet.Events;
using Rescue.Sessions.Applet.Machines;
using RescueApplet.Languages;

namespace RescueApplet.Sessions;

/// <summary>A joined session: asks for the terms, says ready, beats, and tells the customer what happens until the end.</summary>
internal sealed class SessionConversation(AppletSession session, Terminal terminal, TimeProvider time)
{
    // Windows ends a program five seconds after its window was closed; elsewhere a program that was told to end has longer.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(OperatingSystem.IsWindows() ? 4 : 15);

    private SessionStatus _status = SessionStatus.Connecting;
    private IReadOnlyList<string> _guests = [];

    /// <param name="terms">What the customer must agree to first; null for nothing.</param>
    /// <param name="leaveOnEof">Whether the end of the input is a wish to leave.</param>
    /// <param name="stop">The customer's wish to leave.</param>
    public async Task<ExitCode> RunAsync(string? terms, bool leaveOnEof, CancellationToken stop)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var input = Task.CompletedTask;

        try
        {
            if (terms is not null && !await terminal.AgreesAsync(terms, leaving.Token))
                return await DeclineAsync(leaving.Token);
            if (leaveOnEof)
                input = LeaveAtEndOfInputAsync(leaving);
            return Tell(await FollowAsync(leaving.Token));
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            return await LeaveAsync(stop);
        }
        finally
        {
            await leaving.CancelAsync();
            await input;
        }
    }

    private async Task<ExitCode> DeclineAsync(CancellationToken ct)
    {
        AppletAnswer answer;
        while ((answer = await SayNoAsync(ct)) is AppletAnswer.Unreachable or AppletAnswer.Intercepted)
            SayUnanswered(answer);
        return answer == AppletAnswer.KeyReplaced ? Say(Texts.Replaced, ExitCode.Replaced) : Say(Texts.TermsDeclined, ExitCode.Declined);
    }

    // Terms can only be declined before a session has begun; whoever is asked again after a restart and says no leaves it.
    private async Task<AppletAnswer> SayNoAsync(CancellationToken ct)
    {
        var answer = await session.DeclineAsync(ct);
        return answer == AppletAnswer.NotPermitted ? await session.LeaveAsync(ct) : answer;
    }

    private async Task<AppletAnswer> FollowAsync(CancellationToken ct)
    {
        // Whatever else it is answered, the watch tells too.
        await ReadyAsync(ct);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var heart = session.KeepAliveAsync(either.Token);
        var watch = WatchAsync(either.Token);
        try
        {
            // A heartbeat may learn of the end first; how it came, the watch says from that answer.
            await await Task.WhenAny(watch, heart);
            return await watch;
        }
        finally
        {
            await either.CancelAsync();
            await ((Task)Task.WhenAll(heart, watch)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ReadyAsync(CancellationToken ct)
    {
        terminal.Say(Texts.Joined);
        var machine = CustomerMachine.Detect();
        AppletAnswer answer;
        while ((answer = await session.ReadyAsync(machine, ct)) is AppletAnswer.Unreachable or AppletAnswer.Intercepted)
            SayUnanswered(answer);
        if (answer == AppletAnswer.MobileNotCovered)
            terminal.Say(Texts.MobileNotCovered);
    }

    private void SayUnanswered(AppletAnswer answer) => terminal.SayOnce(answer == AppletAnswer.Intercepted ? Texts.Intercepted : Texts.ConnectionLost);

    private async Task<AppletAnswer> WatchAsync(CancellationToken ct)
    {
        string? told = null;
        var lost = false;
        await foreach (var happening in session.WatchAsync(ct))
        {
            switch (happening)
            {
                case StatusReported report:
                    _status = report.Status;
                    // What was told before an interruption need not be told again after it.
                    if (StatusWording.Of(report) is { } wording && wording != told)
                        terminal.Say(told = wording);
                    // Nobody takes part in what is over, which goes without saying.
                    if (report.Status != SessionStatus.Closed)
                        TellGuests(report.Guests);
                    break;
                case GuestsReported report:
                    TellGuests(report.Guests);
                    break;
                case WatchOpened when lost:
                    lost = false;
                    terminal.Say(Texts.Reconnected);
                    break;
                case WatchInterrupted interrupted:
                    lost = true;
                    terminal.SayOnce(interrupted.IsIntercepted ? Texts.Intercepted : Texts.ConnectionLost);
                    break;
                case WatchEnded ended:
                    return ended.Reason;
            }
        }

        return AppletAnswer.SessionOver;
    }

    private void TellGuests(IReadOnlyList<string> now)
    {
        foreach (var line in GuestWording.Of(_guests, now))
            terminal.Say(line);
        _guests = now;
    }

    private ExitCode Tell(AppletAnswer end)
    {
        if (end == AppletAnswer.KeyReplaced)
            return Say(Texts.Replaced, ExitCode.Replaced);
        if (_status != SessionStatus.Closed)
            terminal.Say(Texts.Ended);
        return ExitCode.Done;
    }

    private async Task<ExitCode> LeaveAsync(CancellationToken stop)
    {
        // A restart of the machine stops every program; leaving then would end the session the technician means to go on with.
        if (_status == SessionStatus.Rebooting)
            return Say(Texts.Restarting, ExitCode.Done);

        return await SayGoodbyeAsync(stop) switch
        {
            AppletAnswer.KeyReplaced => Say(Texts.Replaced, ExitCode.Replaced),
            AppletAnswer.Unreachable or AppletAnswer.Intercepted => Say(Texts.LeftUntold, ExitCode.Done),
            _ => Say(Texts.Left, ExitCode.Done)
        };
    }

    // The server notices the silence of a customer whose goodbye it has not heard.
    private async Task<AppletAnswer> SayGoodbyeAsync(CancellationToken stop)
    {
        // At the end of the input nobody waits for the program to end.
        using var patience = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        await using var hurry = stop.Register(() => patience.CancelAfter(Farewell));
        try
        {
            return await session.LeaveAsync(patience.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return AppletAnswer.Unreachable;
        }
    }

    private async Task LeaveAtEndOfInputAsync(CancellationTokenSource leaving)
    {
        await terminal.WaitForEndOfInputAsync(leaving.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await leaving.CancelAsync();
    }

    private ExitCode Say(string line, ExitCode code)
    {
        terminal.Say(line);
        return code;
    }
}
