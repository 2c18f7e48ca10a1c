namespace Rescue.Sessions.Outbox;

/// <summary>An attempt to send one message. Neither part fails.</summary>
/// <param name="Sent">Its place on the way is free for the next message: the server has answered, or nothing is to be sent.</param>
/// <param name="Recorded">What has come of it is in the store.</param>
internal readonly record struct OutboxAttempt(Task Sent, Task Recorded);
