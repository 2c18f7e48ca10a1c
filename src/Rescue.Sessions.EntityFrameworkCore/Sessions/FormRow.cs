using System.Text.Json;
using Rescue.Sessions.EntityFrameworkCore.Databases;

namespace Rescue.Sessions.EntityFrameworkCore.Sessions;

/// <summary>What a stored session is found by, and what it should be found by.</summary>
internal sealed class FormRow
{
    private readonly SessionForms stored;
    private readonly SessionForms right;

    public FormRow(byte[] id, string document, string customer, string? recipient, string searchText)
    {
        Id = id;
        stored = new(customer, recipient, searchText);
        right = Of(document) ?? stored;
    }

    public byte[] Id { get; }

    public bool IsInForm => stored == right;

    public Statement Update() => new(
        "UPDATE rescue_session SET customer = @customer, recipient = @recipient, search_text = @search_text WHERE id = @id",
        ("id", Id), ("customer", right.Customer), ("recipient", right.Recipient), ("search_text", right.SearchText));

    // Only the members that are needed, so that a session which another version cannot read whole is found all the same. One that nobody can read stays as it is.
    private static SessionForms? Of(string document)
    {
        try
        {
            using var stored = JsonDocument.Parse(document);
            if (!stored.RootElement.TryGetProperty("session", out var session) || Text(session, "customerName") is not { } customer)
                return null;
            return SessionForms.Of(
                customer, TextIn(session, "invitation", "to") ?? TextIn(session, "request", "email"), Text(session, "reference"), TextIn(session, "request", "topic"));
        }
        catch (Exception failure) when (StoredSessionJson.IsUnreadable(failure))
        {
            return null;
        }
    }

    private static string? TextIn(JsonElement session, string part, string name) =>
        session.TryGetProperty(part, out var member) && member.ValueKind == JsonValueKind.Object ? Text(member, name) : null;

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
}
