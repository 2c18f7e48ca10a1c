using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rescue.Sessions;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Guests;

namespace HelpDesk.AtActive;

/// <summary>
/// Where the technician, the customer and the guests of one active session hear each other: chat, and how their browsers reach each other. Each message says
/// whose it is by what their line has proved, and everybody hears who comes and goes.
/// </summary>
internal sealed class AssistRoom(Session session, HandOverSecret secret)
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (AssistPerson Person, AssistLine Line)> _present = [];
    private Dictionary<string, Guest> _guests = GuestsOf(session, secret);
    private long _version = session.Version;
    private bool _isOver;

    public AssistPerson Technician { get; } = AssistPerson.Technician(session.Owner?.Name ?? "");

    public AssistPerson Customer { get; } = AssistPerson.Customer(session.CustomerName);

    /// <summary>Whether all were hung up on, for good.</summary>
    public bool IsOver
    {
        get
        {
            lock (_gate)
                return _isOver;
        }
    }

    /// <summary>The guest who takes part at a moment and has this secret; null for nobody.</summary>
    public Guest? FindGuest(string text, DateTimeOffset now)
    {
        lock (_gate)
            return _guests.TryGetValue(text, out var guest) && guest.IsOpen(now) ? guest : null;
    }

    /// <summary>Lets somebody talk and listen until they hang up, come again from another window, or are let go.</summary>
    public async Task BringAsync(AssistPerson person, AssistLine line, CancellationToken cancellationToken)
    {
        if (!TryEnter(person, line))
            return;
        try
        {
            while (await line.ReceiveAsync(cancellationToken) is { } message && TryPassOn(person, line, message))
            {
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The line was cut.
        }
        finally
        {
            Leave(person, line);
        }
    }

    /// <summary>Takes note of the session's guests: who has joined may come, and whose visit is over is let go at once.</summary>
    public void See(Session now)
    {
        lock (_gate)
        {
            // Each window of the technician brings the same.
            if (now.Version < _version)
                return;
            _version = now.Version;
            _guests = GuestsOf(now, secret);
            foreach (var (person, line) in _present.Values.Where(present => !IsWelcome(present.Person)).ToList())
                LetGo(person, line);
        }
    }

    /// <summary>Hangs up on somebody.</summary>
    public void LetGo(AssistPerson person, AssistLine line)
    {
        Leave(person, line);
        _ = line.HangUpAsync();
    }

    /// <summary>Hangs up on all, at once.</summary>
    public void End()
    {
        lock (_gate)
        {
            _isOver = true;
            foreach (var (_, line) in _present.Values)
                _ = line.HangUpAsync();
            _present.Clear();
        }
    }

    private static Dictionary<string, Guest> GuestsOf(Session session, HandOverSecret secret) =>
        (session.Guests ?? []).Where(guest => guest.State == GuestState.Joined).ToDictionary(guest => secret.ForGuest(guest.Id).Text, StringComparer.Ordinal);

    private bool IsWelcome(AssistPerson person) => !person.IsGuest || _guests.Values.Any(guest => guest.Id == person.Id);

    private bool TryEnter(AssistPerson person, AssistLine line)
    {
        lock (_gate)
        {
            if (_isOver || !IsWelcome(person))
                return false;
            if (_present.Remove(person.Id, out var earlier))
                _ = earlier.Line.HangUpAsync(AssistLine.TakenOver);
            // The others hear first who will read what they write.
            Tell(Of("here", person));
            foreach (var other in _present.Values)
                line.Send(Of("here", other.Person));
            _present[person.Id] = (person, line);
            return true;
        }
    }

    // Whoever came again from another window has not gone.
    private void Leave(AssistPerson person, AssistLine line)
    {
        lock (_gate)
        {
            if (!IsHere(person, line))
                return;
            _present.Remove(person.Id);
            Tell(Of("gone", person));
        }
    }

    // False for what is none of ours, and on a line that is no longer theirs.
    private bool TryPassOn(AssistPerson from, AssistLine line, ReadOnlyMemory<byte> text)
    {
        if (Read(from, text) is not var (kind, to, said) || !from.MaySay(kind))
            return false;
        lock (_gate)
        {
            if (!IsHere(from, line))
                return false;
            Tell(said, other => from.SaysTo(other, kind, to));
            return true;
        }
    }

    private bool IsHere(AssistPerson person, AssistLine line) => _present.TryGetValue(person.Id, out var present) && present.Line == line;

    private void Tell(ReadOnlyMemory<byte> message, Func<AssistPerson, bool>? isFor = null)
    {
        foreach (var (person, line) in _present.Values)
        {
            if (isFor is null || isFor(person))
                line.Send(message);
        }
    }

    private static (string Kind, string? To, byte[] Said)? Read(AssistPerson from, ReadOnlyMemory<byte> text)
    {
        try
        {
            if (JsonNode.Parse(text.Span, documentOptions: Strict) is not JsonObject message || Text(message, "kind") is not { } kind)
                return null;
            message["from"] = from.Id;
            message["name"] = from.Name;
            return (kind, Text(message, "to"), Bytes(message));
        }
        catch (Exception none) when (none is JsonException or InvalidOperationException)
        {
            // Half a surrogate pair is JSON, and no text that could be read or passed on.
            return null;
        }
    }

    private static string? Text(JsonObject message, string member) => message[member] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static ReadOnlyMemory<byte> Of(string kind, AssistPerson person) => Bytes(new() { ["kind"] = kind, ["from"] = person.Id, ["name"] = person.Name });

    private static byte[] Bytes(JsonObject message) => Encoding.UTF8.GetBytes(message.ToJsonString());
}
