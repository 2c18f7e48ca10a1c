namespace Rescue.Sessions.Applet.Transport;

internal sealed record EmptyRequest;
