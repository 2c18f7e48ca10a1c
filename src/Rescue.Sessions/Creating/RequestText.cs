using System.Collections.ObjectModel;
using System.Globalization;
using System.Text;
using Rescue.Sessions.Codes;

namespace Rescue.Sessions.Creating;

/// <summary>All that a technician asked for, as one text: of two requests that mean the same it is the same, and of any others it differs.</summary>
internal static class RequestText
{
    public static byte[] Of(NewSession request) => Of(new StringBuilder(), request);

    /// <summary>The same, together with who asked.</summary>
    public static byte[] Of(Technician technician, NewSession request)
    {
        var text = new StringBuilder();
        Add(text, technician.Tenant, technician.Id);
        return Of(text, request);
    }

    /// <summary>Any other request, as its parts.</summary>
    public static byte[] Of(params ReadOnlySpan<string?> parts)
    {
        var text = new StringBuilder();
        Add(text, parts);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static byte[] Of(StringBuilder text, NewSession request)
    {
        Add(text, request.NormalName, request.NormalReference);
        if (request.Fields is { } fields)
            Add(text, fields.Field0, fields.Field1, fields.Field2, fields.Field3, fields.Field4, fields.Field5, fields.Tracking);
        // The shortest is what there is without asking.
        if (request.PinLength is > PinCode.MinLength and var digits)
            Add(text, digits.ToString(CultureInfo.InvariantCulture));
        text.Append('|');
        if (request.Invitation is { } invitation)
        {
            Add(
                text, invitation.Delivery.ToString(), invitation.To?.Trim(), invitation.ForMobileDevice ? "mobile" : null,
                invitation.Platform?.ToString(), invitation.Language, invitation.TimeZone);
            foreach (var (name, value) in (invitation.Values ?? ReadOnlyDictionary<string, string>.Empty).OrderBy(pair => pair.Key, StringComparer.Ordinal))
                Add(text, name, value);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    // Each with its length, so that what ends one value and begins the next cannot be confused.
    private static void Add(StringBuilder text, params ReadOnlySpan<string?> values)
    {
        foreach (var value in values)
        {
            if (value is null)
                text.Append('-');
            else
                text.Append(CultureInfo.InvariantCulture, $"{value.Length}:{value}");
        }
    }
}
