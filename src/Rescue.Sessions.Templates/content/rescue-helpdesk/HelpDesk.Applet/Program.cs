using HelpDesk.Applet;
using Rescue.Sessions.Applet;
using Rescue.Sessions.Applet.Credentials;
using Rescue.Sessions.Applet.Events;
using Rescue.Sessions.Applet.Joining;
using Rescue.Sessions.Applet.Machines;

const string GoesOnElsewhere = "The program was started again, and goes on there.";
const string SessionOver = "The session is over.";

using var closing = new CancellationTokenSource();
using var http = new HttpClient(SupportApplet.CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan };
var hasJoined = false;
Console.WriteLine(await RunAsync());

// A window that Windows has opened for this program closes with it.
if (OperatingSystem.IsWindows() && !Console.IsInputRedirected && !closing.IsCancellationRequested)
{
    Console.CancelKeyPress -= TakeLeave;
    Console.WriteLine("Press any key to close this window.");
    Console.ReadKey(intercept: true);
}

return hasJoined ? 0 : 1;

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
        // At the questions above Ctrl+C ends the program at once; from here on it takes leave.
        Console.CancelKeyPress += TakeLeave;
        Console.WriteLine($"Connecting to {credential.Server.Authority} ...");
        return await new SupportApplet(http).JoinUntilAnsweredAsync(credential, KeptInstance.Open().For(credential.Server), _ => Console.WriteLine("No answer yet. Is this computer online?"), closing.Token) switch
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
    hasJoined = true;
    var session = joined.Session;
    try
    {
        if (joined.Terms is { } terms && !await AgreesAsync(terms))
            return await DeclineAsync(session);
        if (await session.ReadyAsync(CustomerMachine.Detect(), closing.Token) == AppletAnswer.MobileNotCovered)
            return "Phones and tablets are not supported here. Ask for another link, and open it on a computer.";
        var beating = session.KeepAliveAsync(closing.Token);
        Console.WriteLine($"You are connected. {joined.Technician ?? "A technician"} will be with you. Ctrl+C ends the session.");
        await foreach (var happening in session.WatchAsync(closing.Token))
        {
            if (happening is GuestsReported somebody)
                Console.WriteLine(somebody.Guests.Count == 0 ? "Nobody else takes part." : $"Also takes part: {string.Join(", ", somebody.Guests)}");
            if (happening is WatchEnded { Reason: AppletAnswer.KeyReplaced })
                return GoesOnElsewhere;
            if (happening is not StatusReported reported)
                continue;
            Console.WriteLine($"Status: {reported.Status}");
            if (reported is { Status: SessionStatus.Active, HandOverSecret: not null })
                Console.WriteLine("Your remote control begins here: the technician's side has the same secret (reported.HandOverSecret).");
        }

        return SessionOver;
    }
    catch (OperationCanceledException)
    {
        return await LeaveAsync(session);
    }
}

// Who presses Ctrl+C at this question has joined, and takes leave.
async Task<bool> AgreesAsync(string terms) =>
    string.Equals(await Task.Run(() => Ask($"{terms}\nDo you agree? (yes/no) ")).WaitAsync(closing.Token), "yes", StringComparison.OrdinalIgnoreCase);

async Task<string> DeclineAsync(AppletSession session)
{
    var answer = await session.DeclineAsync(closing.Token);
    // Whoever is asked again after a restart leaves what has begun.
    if (answer == AppletAnswer.NotPermitted)
        answer = await session.LeaveAsync(closing.Token);
    return "You have not agreed. " + SayEnd(answer);
}

async Task<string> LeaveAsync(AppletSession session)
{
    using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(4));
    try
    {
        return SayEnd(await session.LeaveAsync(patience.Token));
    }
    catch (OperationCanceledException)
    {
        return SayEnd(AppletAnswer.Unreachable);
    }
}

// Only what the service has heard is over.
static string SayEnd(AppletAnswer answer) => answer switch
{
    AppletAnswer.KeyReplaced => GoesOnElsewhere,
    AppletAnswer.Unreachable or AppletAnswer.Intercepted => "Nobody could be told, because the connection is lost. They will see that you are gone.",
    _ => SessionOver,
};

// The first press takes leave, the second one ends the program.
void TakeLeave(object? sender, ConsoleCancelEventArgs pressed)
{
    pressed.Cancel = !closing.IsCancellationRequested;
    closing.Cancel();
}

static string Ask(string question)
{
    Console.Write(question);
    return Console.ReadLine() ?? "";
}
