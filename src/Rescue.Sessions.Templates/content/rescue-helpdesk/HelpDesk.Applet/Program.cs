using HelpDesk.Applet;
using Rescue.Sessions.Applet;
using Rescue.Sessions.Applet.Credentials;
using Rescue.Sessions.Applet.Events;
using Rescue.Sessions.Applet.Joining;
using Rescue.Sessions.Applet.Machines;

using var closing = new CancellationTokenSource();
using var http = new HttpClient(SupportApplet.CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan };
var said = await RunAsync();
Console.WriteLine(said);

// A window that Windows has opened for this program closes with it.
if (OperatingSystem.IsWindows() && !Console.IsInputRedirected && !closing.IsCancellationRequested)
{
    Console.WriteLine("Press any key to close this window.");
    Console.ReadKey(intercept: true);
}

async Task<string> RunAsync()
{
    // The download holds the customer's link beside the program, or the address alone where the PIN is to be typed; a link can be pasted too.
    var file = Path.Combine(AppContext.BaseDirectory, "session.link");
    var text = File.Exists(file) ? File.ReadAllText(file) : Ask("Paste the link from the message: ");
    if (!SessionCredential.TryParseLink(text, out var credential, out var problem)
        && !(problem == CredentialProblem.CodeMissing && ServerAddress.TryParse(text, out var server, out problem)
            && SessionCredential.TryParsePin(Ask("Type the PIN: "), server, out credential, out problem)))
    {
        return $"With this nobody can join ({problem}). Start the program again, or ask for a new link.";
    }

    try
    {
        // At a question Ctrl+C ends the program at once; from here on it takes leave.
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            closing.Cancel();
        };
        Console.WriteLine($"Connecting to {credential.Server.Authority} ...");
        return await new SupportApplet(http).JoinUntilAnsweredAsync(credential, KeptInstance.Open(), _ => Console.WriteLine("No answer yet. Is this computer online?"), closing.Token) switch
        {
            Joined joined => await TakePartAsync(joined),
            JoinRefused { Reason: JoinRefusal.TooManyTries } => "Too many wrong PINs were typed. Use the link of the message, or try again later.",
            JoinRefused { Reason: JoinRefusal.Outdated } => "This program is too old. Download it again.",
            JoinRefused refused => $"The link or PIN is not good ({refused.Reason}). Start the program again, or ask for a new link.",
            _ => "",
        };
    }
    catch (OperationCanceledException)
    {
        return "You have stopped.";
    }
}

async Task<string> TakePartAsync(Joined joined)
{
    var session = joined.Session;
    if (joined.Terms is { } terms && !string.Equals(Ask($"{terms}\nDo you agree? (yes/no) "), "yes", StringComparison.OrdinalIgnoreCase))
    {
        // Whoever is asked again after a restart leaves what has begun.
        if (await session.DeclineAsync() == AppletAnswer.NotPermitted)
            await session.LeaveAsync();
        return "You have not agreed, and the session is over.";
    }

    if (await session.ReadyAsync(CustomerMachine.Detect()) == AppletAnswer.MobileNotCovered)
        return "Phones and tablets are not supported here. Ask for another link, and open it on a computer.";
    var beating = session.KeepAliveAsync(closing.Token);
    Console.WriteLine($"You are connected. {joined.Technician ?? "A technician"} will be with you. Ctrl+C ends the session.");
    try
    {
        await foreach (var happening in session.WatchAsync(closing.Token))
        {
            if (happening is GuestsReported somebody)
                Console.WriteLine(somebody.Guests.Count == 0 ? "Nobody else takes part." : $"Also takes part: {string.Join(", ", somebody.Guests)}");
            if (happening is WatchEnded { Reason: AppletAnswer.KeyReplaced })
                return "The program was started again, and goes on there.";
            if (happening is not StatusReported reported)
                continue;
            Console.WriteLine($"Status: {reported.Status}");
            if (reported is { Status: SessionStatus.Active, HandOverSecret: not null })
                Console.WriteLine("Your remote control begins here: the technician's side has the same secret (reported.HandOverSecret).");
        }
    }
    catch (OperationCanceledException)
    {
        await session.LeaveAsync();
    }

    return "The session is over.";
}

static string Ask(string question)
{
    Console.Write(question);
    return Console.ReadLine() ?? "";
}
