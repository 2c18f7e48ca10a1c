namespace Rescue.Sessions.Email.Smtp;

/// <summary>Lends connections, the most recently used first, so that those too many grow old and are closed. Safe for concurrent use.</summary>
internal sealed class SmtpConnectionPool : IAsyncDisposable, IDisposable
{
    private readonly SmtpOptions options;
    private readonly TimeProvider time;
    private readonly SemaphoreSlim slots;
    private readonly ITimer sweep;
    private readonly Lock gate = new();
    private readonly List<SmtpConnection> idle = [];
    private readonly HashSet<Task> farewells = [];
    private bool isDisposed;

    public SmtpConnectionPool(SmtpOptions options, TimeProvider time)
    {
        this.options = options;
        this.time = time;
        slots = new SemaphoreSlim(options.MaxConnections);
        sweep = time.CreateTimer(_ => CloseExpired(), null, options.IdleTimeout, options.IdleTimeout / 2);
    }

    /// <summary>Waits for a free place and lends a connection, used before where there is one.</summary>
    public async Task<SmtpConnection> RentAsync(CancellationToken cancellationToken)
    {
        await slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        lock (gate)
        {
            if (isDisposed)
            {
                slots.Release();
                throw new ObjectDisposedException(nameof(SmtpDispatcher));
            }

            if (idle.Count == 0)
                return Create();
            var connection = idle[^1];
            idle.RemoveAt(idle.Count - 1);
            return connection;
        }
    }

    /// <summary>Gives up a connection that has gone stale and lends a fresh one in its place.</summary>
    public SmtpConnection Replace(SmtpConnection stale)
    {
        stale.Dispose();
        return Create();
    }

    public void Return(SmtpConnection connection)
    {
        lock (gate)
        {
            if (connection.IsReusable && !isDisposed)
                idle.Add(connection);
            else
                Close(connection);
        }

        slots.Release();
    }

    public void Dispose()
    {
        sweep.Dispose();
        CloseIdle();
    }

    public async ValueTask DisposeAsync()
    {
        await sweep.DisposeAsync().ConfigureAwait(false);
        await Task.WhenAll(CloseIdle()).ConfigureAwait(false);
    }

    /// <summary>Closes what is not lent, for good; the goodbyes that are under way.</summary>
    private Task[] CloseIdle()
    {
        lock (gate)
        {
            isDisposed = true;
            idle.ForEach(Close);
            idle.Clear();
            return [.. farewells];
        }
    }

    private SmtpConnection Create() => new(options, time);

    private void CloseExpired()
    {
        lock (gate)
        {
            var oldest = time.GetUtcNow() - options.IdleTimeout;
            foreach (var connection in idle.FindAll(c => c.LastUsed <= oldest))
            {
                idle.Remove(connection);
                Close(connection);
            }
        }
    }

    /// <summary>Under the gate. Nobody waits for the goodbye but <see cref="DisposeAsync"/>.</summary>
    private void Close(SmtpConnection connection)
    {
        var farewell = connection.CloseAsync();
        if (farewell.IsCompleted)
            return;
        farewells.Add(farewell);
        farewell.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private void Forget(Task farewell)
    {
        lock (gate)
            farewells.Remove(farewell);
    }
}
