namespace Rescue.Sessions.Webhooks.Transport;

/// <summary>A receiver's name leads to no address to which anything may be sent.</summary>
internal sealed class WebhookAddressException() : Exception("The receiver has no address of the public internet, as it must while the service's option Webhooks.AllowPrivateAddresses is off.");
