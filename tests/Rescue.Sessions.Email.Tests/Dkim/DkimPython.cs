using System.Diagnostics;
using System.Text;
using Rescue.Sessions.TestServers;

namespace Rescue.Sessions.Email.Dkim;

/// <summary>Debian's dkimpy, which other people wrote.</summary>
internal static class DkimPython
{
    private const string Program = "/usr/bin/python3";

    // Standard input is the message; then come pairs of a name in DNS and the record that stands there.
    private const string Script =
        """
        import sys, dkim
        records = dict(zip(sys.argv[1::2], sys.argv[2::2]))
        lookup = lambda name, timeout=5: records[name.decode().rstrip('.')].encode()
        message = dkim.DKIM(sys.stdin.buffer.read())
        for i in range(sum(1 for name, _ in message.headers if name.lower() == b'dkim-signature')):
            try:
                print(message.verify(i, lookup))
            except dkim.ValidationError:
                print(False)
        """;

    public static void Require() => TestServer.Dkim.Require();

    /// <summary>What it says of each signature.</summary>
    public static async Task<string[]> VerifyAsync(byte[] wire, IEnumerable<(string Name, string Record)> dns, CancellationToken cancellationToken)
    {
        using var python = Process.Start(new ProcessStartInfo(Program, ["-c", Script, .. dns.SelectMany(record => new[] { record.Name, record.Record })])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var output = python.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = python.StandardError.ReadToEndAsync(cancellationToken);
        await python.StandardInput.BaseStream.WriteAsync(wire, cancellationToken);
        python.StandardInput.Close();
        await python.WaitForExitAsync(cancellationToken);
        (await errors).Should().BeEmpty();
        return (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
