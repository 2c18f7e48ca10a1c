using Rescue.Sessions.Applet;
using Rescue.Sessions.Applet.Credentials;
using Rescue.Sessions.Applet.Events;
using Rescue.Sessions.Applet.Joining;
using Rescue.Sessions.Applet.Machines;

// The download holds the customer's link beside the program; a link can be pasted too.
var file = Path.Combine(AppContext.BaseDirectory, "session.link");
var text = File.Exists(file) ? File.ReadAllText(file) : Ask("Paste the link from the message: ");
if (!SessionCredential.TryParseLink(text, out var credential, out var problem))
{
    Console.WriteLine($"This is not the link ({problem}).");
    return 1;
}

using var http = new HttpClient(SupportApplet.CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan };
if (await new SupportApplet(http).JoinAsync(credential, AppletInstance.Create()) is not Joined joined)
{
    Console.WriteLine("The link is no longer good. Ask for a new one.");
    return 1;
}

if (joined.Terms is { } terms && !string.Equals(Ask($"{terms}\nDo you agree? (yes/no) "), "yes", StringComparison.OrdinalIgnoreCase))
{
    await joined.Session.DeclineAsync();
    return 0;
}

using var closing = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    closing.Cancel();
};
await joined.Session.ReadyAsync(CustomerMachine.Detect());
var beating = joined.Session.KeepAliveAsync(closing.Token);
Console.WriteLine($"You are connected. {joined.Technician ?? "A technician"} will be with you. Ctrl+C ends the session.");
try
{
    await foreach (var happening in joined.Session.WatchAsync(closing.Token))
    {
        if (happening is GuestsReported somebody)
            Console.WriteLine(somebody.Guests.Count == 0 ? "Nobody else takes part." : $"Also takes part: {string.Join(", ", somebody.Guests)}");
        if (happening is not StatusReported reported)
            continue;
        Console.WriteLine($"Status: {reported.Status}");
        if (reported is { Status: SessionStatus.Active, HandOverSecret: not null })
            Console.WriteLine("Your remote control begins here: the technician's side has the same secret (reported.HandOverSecret).");
    }
}
catch (OperationCanceledException)
{
    await joined.Session.LeaveAsync();
}

return 0;

static string Ask(string question)
{
    Console.Write(question);
    return Console.ReadLine() ?? "";
}
