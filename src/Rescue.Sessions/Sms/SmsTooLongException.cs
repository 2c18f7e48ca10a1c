namespace Rescue.Sessions.Sms;

/// <summary>Leaves a composer whose text does not fit; its caller makes a refusal of it.</summary>
internal sealed class SmsTooLongException : Exception;
