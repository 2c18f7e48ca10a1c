namespace Rescue.Sessions.Outbox;

/// <summary>An attempt to send one message.</summary>
/// <param name="Sent">Its place on the way is free for the next message: the server has answered, or nothing is to be sent. What this fails with is told by the other.</param>
/// <param name="Recorded">What has come of it is in the store. Never fails.</param>
internal readonly record struct OutboxAttempt(Task Sent, Task Recorded);
