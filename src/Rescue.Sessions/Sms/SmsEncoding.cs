using System.Text.Json.Serialization;
using Rescue.Sessions.Json;

namespace Rescue.Sessions.Sms;

/// <summary>How a short text goes through the air, which decides how much there is room for.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<SmsEncoding>))]
public enum SmsEncoding
{
    /// <summary>Seven bits a character, of the default alphabet and its extension (3GPP TS 23.038): 160 in one part, 153 in each of several.</summary>
    Gsm7,

    /// <summary>Sixteen bits a character, when one of them is in no smaller alphabet: 70 in one part, 67 in each of several.</summary>
    Ucs2,
}
