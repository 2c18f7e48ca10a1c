namespace Rescue.Sessions.TestServers;

/// <summary>A pooler that gives each transaction any of its few sessions of a PostgreSQL server, on loopback and a free port.</summary>
public sealed class PgBouncerServer : IDisposable
{
    private readonly ServerProcess server;

    public PgBouncerServer(PostgreSqlServer behind, int sessions)
    {
        var port = ServerPort.Take();
        Port = port.Number;
        var folder = Directory.CreateTempSubdirectory("rescue-pgbouncer-").FullName;
        File.WriteAllText(Path.Combine(folder, "users.txt"), $"\"{PostgreSqlServer.Superuser}\" \"\"\n");
        var settings = Path.Combine(folder, "pgbouncer.ini");
        File.WriteAllText(
            settings,
            $"""
            [databases]
            * = host=127.0.0.1 port={behind.Port}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {Port}
            unix_socket_dir =
            auth_type = trust
            auth_file = {folder}/users.txt
            pool_mode = transaction
            default_pool_size = {sessions}
            max_client_conn = 500

            """);
        PostgreSqlServer.Run("/bin/chown", "-R", $"{PostgreSqlServer.Account}:", folder);
        server = new(PostgreSqlServer.AsAccount(TestServer.PgBouncer.Executable, "-q", settings), port, folder);
    }

    public int Port { get; }

    public string ConnectionString(string database) =>
        $"Host=127.0.0.1;Port={Port};Username={PostgreSqlServer.Superuser};Database={database};Maximum Pool Size=40";

    public void Dispose() => server.Dispose();
}
