using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Rescue.Sessions.TestServers;

/// <summary>A PostgreSQL server of its own in a temporary folder, on loopback and a free port. It goes away with its folder.</summary>
public sealed class PostgreSqlServer : IDisposable
{
    private const string Binaries = "/usr/lib/postgresql";
    internal const string Superuser = "postgres";
    internal const int Sigint = 2;
    private const int Sigquit = 3;

    private readonly string folder = Directory.CreateTempSubdirectory("rescue-postgres-").FullName;
    private readonly bool durable;
    private readonly bool countsStatements;
    private readonly ServerPort port;
    private int place;
    private Process? server;

    /// <param name="durable">Whether a commit waits for the disk, as in production. Tests of meaning need not, and want nothing that goes on beside them.</param>
    /// <param name="countsStatements">Whether every database can have the extension <c>pg_stat_statements</c>.</param>
    public PostgreSqlServer(bool durable = false, bool countsStatements = false)
    {
        this.durable = durable;
        this.countsStatements = countsStatements;
        Run("/bin/chown", "-R", $"{Account}:", folder);
        RunAsAccount(Tool("initdb"), "-D", Data, "-A", "trust", "-U", Superuser, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        port = ServerPort.Take();
        Start();
    }

    /// <summary>The newest installed server program, or where one would be.</summary>
    public static string Executable { get; } = Directory.Exists(Binaries)
        ? Directory.GetDirectories(Binaries)
            .OrderByDescending(version => double.TryParse(Path.GetFileName(version), CultureInfo.InvariantCulture, out var number) ? number : 0)
            .Select(version => Path.Combine(version, "bin", "postgres")).FirstOrDefault(File.Exists) ?? Binaries
        : Binaries;

    public int Port => port.Number;

    /// <summary>The number of the process that has all others of the server as its children.</summary>
    public int ProcessId => server!.Id;

    private string Data => Path.Combine(folder, $"data{place}");

    // The server refuses to run as root.
    private static bool IsRoot => Environment.UserName == "root";

    internal static string Account => IsRoot ? Superuser : Environment.UserName;

    public string ConnectionString(string database = Superuser, int poolSize = 50) =>
        $"Host=127.0.0.1;Port={Port};Username={Superuser};Database={database};Maximum Pool Size={poolSize};Include Error Detail=true";

    /// <summary>Starts the server, again after <see cref="Kill"/>, and waits until it answers.</summary>
    public void Start()
    {
        var speed = durable ? "on" : "off";
        server = Process.Start(AsAccount(
            Tool("postgres"), "-D", Data, "-p", $"{Port}", "-c", "listen_addresses=127.0.0.1", "-c", $"unix_socket_directories={folder}",
            "-c", $"fsync={speed}", "-c", $"synchronous_commit={speed}", "-c", $"full_page_writes={speed}", "-c", $"autovacuum={speed}", "-c", "max_connections=300",
            "-c", "log_min_messages=fatal", "-c", $"shared_preload_libraries={(countsStatements ? "pg_stat_statements" : "")}"))!;
        for (var attempt = 0; attempt < 600; attempt++)
        {
            if (RunQuietly(Tool("pg_isready"), "-q", "-h", "127.0.0.1", "-p", $"{Port}", "-U", Superuser, "-t", "1"))
            {
                // It might be somebody else who answers.
                if (!server.HasExited)
                    return;
            }

            if (server.WaitForExit(100))
                throw new InvalidOperationException($"PostgreSQL ended with {server.ExitCode} as it started.");
        }

        throw new TimeoutException("PostgreSQL did not answer within a minute.");
    }

    /// <summary>Kills the server and all its processes, as losing power would; what is committed must be there after <see cref="Start"/>.</summary>
    public void Kill()
    {
        var processes = ProcessTree.ChildrenOf(server!.Id);
        server.Kill(entireProcessTree: true);
        server.WaitForExit();
        // One that waits for the disk dies when that has answered, and until then no new server may start.
        if (!SpinWait.SpinUntil(() => !processes.Any(ProcessTree.IsAlive), TimeSpan.FromMinutes(1)))
            throw new TimeoutException("A process of PostgreSQL outlived being killed by a minute.");
        File.Delete(Path.Combine(Data, "postmaster.pid"));
    }

    /// <summary>Makes a standby, which hears of nothing that is written from now on.</summary>
    public void CopyToStandby()
    {
        var standby = Path.Combine(folder, $"data{place + 1}");
        RunAsAccount(Tool("pg_basebackup"), "-D", standby, "-h", "127.0.0.1", "-p", $"{Port}", "-U", Superuser, "--checkpoint=fast", "--no-sync");
        RunAsAccount("/usr/bin/touch", Path.Combine(standby, "standby.signal"));
    }

    /// <summary>Kills the server, and lets its standby take its place.</summary>
    public void FailOver(bool promote = true)
    {
        Kill();
        place++;
        Start();
        if (promote)
            Promote();
    }

    /// <summary>Lets a standby be written to.</summary>
    public void Promote() => RunAsAccount(Tool("pg_ctl"), "promote", "-D", Data);

    public void Dispose()
    {
        if (server is { HasExited: false })
        {
            // Its data goes with it: it need not write down anything, which takes long on a busy disk, and no process of it may outlive its folder.
            _ = Signal(server.Id, Sigquit);
            if (!server.WaitForExit(10_000))
                server.Kill(entireProcessTree: true);
            server.WaitForExit();
        }

        server?.Dispose();
        Directory.Delete(folder, recursive: true);
        port.Dispose();
    }

    private static string Tool(string name) => Path.Combine(Path.GetDirectoryName(Executable)!, name);

    internal static ProcessStartInfo AsAccount(string program, params string[] arguments) => IsRoot
        ? new("/usr/bin/setpriv", [$"--reuid={Account}", $"--regid={Account}", "--clear-groups", program, .. arguments])
        : new(program, arguments);

    private static void RunAsAccount(string program, params string[] arguments) => Finish(AsAccount(program, arguments));

    internal static void Run(string program, params string[] arguments) => Finish(new(program, arguments));

    private static bool RunQuietly(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments))!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private static void Finish(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{start.FileName} ended with {process.ExitCode}: {output}");
    }

    [DllImport("libc", EntryPoint = "kill")]
    internal static extern int Signal(int process, int signal);
}
