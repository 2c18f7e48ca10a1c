namespace Rescue.Sessions.Applet.Transport;

sealed record EmptyRequest;
