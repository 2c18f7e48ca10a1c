namespace Rescue.Sessions.Sms;

/// <summary>What the outbox seals and keeps of a short text: plain values, so that it can be read after the types around it have changed.</summary>
internal sealed record StoredSms(string Id, string To, string Text, string Language, string Tenant);
