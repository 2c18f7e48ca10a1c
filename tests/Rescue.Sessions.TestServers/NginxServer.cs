using System.Diagnostics;
using System.Net.Sockets;

namespace Rescue.Sessions.TestServers;

/// <summary>A reverse proxy on loopback and a free port, with the locations that a test gives it.</summary>
public sealed class NginxServer : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("rescue-nginx-").FullName;
    private readonly Process server;

    public NginxServer(string locations)
    {
        Port = PostgreSqlServer.FreePort();
        var settings = Path.Combine(folder, "nginx.conf");
        var user = Environment.UserName == "root" ? "user root;" : "";
        File.WriteAllText(
            settings,
            $$"""
            daemon off;
            {{user}}
            worker_processes 1;
            pid {{folder}}/nginx.pid;
            error_log {{folder}}/error.log;
            events { worker_connections 256; }
            http {
                access_log off;
                client_body_temp_path {{folder}}/body;
                proxy_temp_path {{folder}}/proxy;
                fastcgi_temp_path {{folder}}/fastcgi;
                uwsgi_temp_path {{folder}}/uwsgi;
                scgi_temp_path {{folder}}/scgi;
                server {
                    listen 127.0.0.1:{{Port}};
                    {{locations}}
                }
            }

            """);
        server = Process.Start(new ProcessStartInfo(TestServer.Nginx.Require(), ["-c", settings, "-e", Path.Combine(folder, "error.log")]))!;
        WaitUntilItAnswers();
    }

    public int Port { get; }

    public void Dispose()
    {
        // Its worker goes with it, as it would not if it were killed.
        if (!server.HasExited)
            _ = PostgreSqlServer.Signal(server.Id, PostgreSqlServer.Sigint);
        if (!server.WaitForExit(10_000))
            server.Kill(entireProcessTree: true);
        server.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private void WaitUntilItAnswers()
    {
        for (var attempt = 0; attempt < 300; attempt++)
        {
            try
            {
                using var client = new TcpClient("127.0.0.1", Port);
                return;
            }
            catch (SocketException) when (!server.WaitForExit(100))
            {
                // Not yet.
            }
        }

        throw new TimeoutException("nginx did not answer within half a minute.");
    }
}
