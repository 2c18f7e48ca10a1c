namespace Rescue.Sessions.TestServers;

/// <summary>A program that tests need and that may be absent on a developer's machine, but never in the gate.</summary>
public sealed record TestServer(string Name, string Executable, string Package)
{
    private const string RequireVariable = "RESCUE_TESTS_REQUIRE";

    /// <summary>A browser; preferably the one that has no windows to begin with, which takes little more than half the processor's time for the same pages.</summary>
    public static readonly TestServer Chromium = new("chromium", FirstOf("/usr/bin/chromium-headless-shell", "/usr/bin/chromium"), "chromium-headless-shell");

    /// <summary>A verifier of DKIM signatures.</summary>
    public static readonly TestServer Dkim = new("dkim", "/usr/lib/python3/dist-packages/dkim/__init__.py", "python3-dkim python3-nacl");

    /// <summary>A library that shows a process another time.</summary>
    public static readonly TestServer Faketime = new("faketime", "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1", "libfaketime");

    /// <summary>A reverse proxy.</summary>
    public static readonly TestServer Nginx = new("nginx", "/usr/sbin/nginx", "nginx-light");

    /// <summary>A pooler in front of PostgreSQL.</summary>
    public static readonly TestServer PgBouncer = new("pgbouncer", "/usr/sbin/pgbouncer", "pgbouncer");

    /// <summary>A mail server that takes everything.</summary>
    public static readonly TestServer SmtpSink = new("mta", "/usr/sbin/smtp-sink", "postfix");

    public static readonly TestServer PostgreSql = new("postgres", PostgreSqlServer.Executable, "postgresql");

    /// <summary>Skips the test where the program is absent, saying what to install; fails instead where the environment requires it.</summary>
    public string Require()
    {
        if (File.Exists(Executable))
            return Executable;
        var missing = $"{Name} is not installed: apt-get install {Package}";
        if ((Environment.GetEnvironmentVariable(RequireVariable) ?? "").Split(',').Contains(Name))
            Assert.Fail(missing);
        Assert.Skip(missing);
        return Executable;
    }

    private static string FirstOf(params string[] executables) => Array.Find(executables, File.Exists) ?? executables[0];
}
