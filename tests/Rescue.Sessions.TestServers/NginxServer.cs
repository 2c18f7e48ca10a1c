namespace Rescue.Sessions.TestServers;

/// <summary>A reverse proxy on loopback and a free port, with the locations that a test gives it.</summary>
public sealed class NginxServer : IDisposable
{
    private readonly ServerProcess server;

    public NginxServer(string locations)
    {
        var port = ServerPort.Take();
        Port = port.Number;
        var folder = Directory.CreateTempSubdirectory("rescue-nginx-").FullName;
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
        server = new(new(TestServer.Nginx.Require(), ["-c", settings, "-e", Path.Combine(folder, "error.log")]), port, folder);
    }

    public int Port { get; }

    public void Dispose() => server.Dispose();
}
