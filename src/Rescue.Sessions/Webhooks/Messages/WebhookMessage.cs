using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Rescue.Sessions.Feed;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Requests;

namespace Rescue.Sessions.Webhooks.Messages;

/// <summary>What is posted: <c>{"type","timestamp","data"}</c>, with the session as technicians see it, without PIN, token, link and any secret.</summary>
internal static class WebhookMessage
{
    // The receiver reads JSON, and no page shows it.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The message about an event.</summary>
    public static string Of(string type, SessionUpdate update) => Write(type, update.Event.At, json =>
    {
        var happened = update.Event;
        json.WriteNumber("sequence", happened.Sequence);
        json.WriteString("sessionId", happened.Session.ToString());
        json.WriteString("kind", Name(happened.Kind));
        WriteName(json, "trigger", happened.Trigger);
        json.WriteString("actor", Name(happened.Actor));
        WriteTechnician(json, "by", happened.By);
        json.WriteString("from", Name(happened.From));
        json.WriteString("to", Name(happened.To));
        json.WriteString("detail", happened.Detail);
        // A session that this version cannot read has no picture.
        if (update.Session is { Status: not SessionStatus.Unreadable } session)
            WriteSession(json, session);
        else
            json.WriteNull("session");
    });

    /// <summary>The message by which an administrator tries a webhook.</summary>
    public static string Test(DateTimeOffset now) => Write(WebhookEventTypes.Test, now, json => json.WriteString("note", "This is a test. Nothing has happened."));

    private static string Write(string type, DateTimeOffset at, Action<Utf8JsonWriter> writeData)
    {
        var bytes = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            json.WriteString("timestamp", at.UtcDateTime);
            json.WriteStartObject("data");
            writeData(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static void WriteSession(Utf8JsonWriter json, Session session)
    {
        json.WriteStartObject("session");
        json.WriteString("id", session.Id.ToString());
        json.WriteNumber("version", session.Version);
        json.WriteString("status", Name(session.Status));
        json.WriteString("customerName", session.CustomerName);
        json.WriteString("reference", session.Reference);
        json.WriteString("platform", session.Platform?.ToString().ToLowerInvariant());
        json.WriteBoolean("mobile", session.IsMobile);
        WriteMoment(json, "createdAt", session.CreatedAt);
        WriteMoment(json, "expiresAt", session.ExpiresAt);
        WriteTechnician(json, "createdBy", session.CreatedBy);
        WriteRequest(json, session.Request);
        WriteTechnician(json, "owner", session.Owner);
        WriteMoment(json, "startedAt", session.StartedAt);
        WriteMoment(json, "statusSince", session.StatusSince);
        WriteName(json, "endReason", session.End);
        WriteMoment(json, "endedAt", session.Status == SessionStatus.Closed ? session.StatusSince : null);
        json.WriteString("hostName", session.HostName);
        WriteName(json, "kind", session.AppletKind);
        WriteName(json, "invitationState", session.InvitationState);
        WriteFields(json, session);
        json.WriteEndObject();
    }

    private static void WriteFields(Utf8JsonWriter json, Session session)
    {
        if (session.Fields is not { } fields)
        {
            json.WriteNull("fields");
            return;
        }

        json.WriteStartObject("fields");
        json.WriteString("field0", fields.Field0);
        json.WriteString("field1", fields.Field1);
        json.WriteString("field2", fields.Field2);
        json.WriteString("field3", fields.Field3);
        json.WriteString("field4", fields.Field4);
        json.WriteString("field5", fields.Field5);
        json.WriteString("tracking", fields.Tracking);
        json.WriteEndObject();
    }

    private static void WriteRequest(Utf8JsonWriter json, CustomerRequest? request)
    {
        if (request is null)
        {
            json.WriteNull("request");
            return;
        }

        json.WriteStartObject("request");
        json.WriteString("topic", request.Topic);
        json.WriteString("email", request.Email);
        json.WriteEndObject();
    }

    private static void WriteTechnician(Utf8JsonWriter json, string name, TechnicianReference? technician)
    {
        if (technician is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteString("id", technician.Id);
        json.WriteString("name", technician.Name);
        json.WriteEndObject();
    }

    private static void WriteMoment(Utf8JsonWriter json, string name, DateTimeOffset? moment)
    {
        if (moment is { } at)
            json.WriteString(name, at);
        else
            json.WriteNull(name);
    }

    private static void WriteName<TEnum>(Utf8JsonWriter json, string name, TEnum? value)
        where TEnum : struct, Enum => json.WriteString(name, value is { } known ? Name(known) : null);

    private static string Name<TEnum>(TEnum value)
        where TEnum : struct, Enum => WebhookEventTypes.Camel(value.ToString());
}
