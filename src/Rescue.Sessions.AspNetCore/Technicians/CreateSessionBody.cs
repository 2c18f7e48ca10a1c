using Rescue.Sessions.Devices;
using Rescue.Sessions.Fields;
using Rescue.Sessions.Invitations;

namespace Rescue.Sessions.AspNetCore.Technicians;

/// <summary>What a technician posts to make a session. Enumerations come as text, so that a wrong one is named in the answer.</summary>
internal sealed record CreateSessionBody(string? CustomerName, EmailBody? Email, string? Reference, CustomFields? Fields)
{
    /// <summary>The input, with the problems of turning it into one.</summary>
    public NewSession ToNewSession(string? idempotencyKey, List<FieldProblem> problems) => new(CustomerName ?? "")
    {
        Reference = Reference,
        Fields = Fields,
        IdempotencyKey = idempotencyKey,
        Invitation = Email is null ? null : ToInvitation(Email, problems),
    };

    private static NewInvitation? ToInvitation(EmailBody email, List<FieldProblem> problems)
    {
        DevicePlatform? platform = null;
        if (email.Platform is { } name)
        {
            if (DevicePlatforms.TryParse(name, out var known))
                platform = known;
            else
                problems.Add(new("email.platform", $"The platform must be one of: {string.Join(", ", DevicePlatforms.All.Select(p => p.ToName()))}."));
        }

        EmailDelivery? delivery = email.Delivery?.ToUpperInvariant() switch
        {
            "ONMYBEHALF" => EmailDelivery.OnMyBehalf,
            "DEFAULTMAILCLIENT" => EmailDelivery.DefaultMailClient,
            _ => null,
        };
        if (delivery is null)
            problems.Add(new("email.delivery", "The delivery must be onMyBehalf or defaultMailClient."));
        return new()
        {
            // A draft asks for the least, so that no second problem follows from the first.
            Delivery = delivery ?? EmailDelivery.DefaultMailClient,
            To = email.To,
            ForMobileDevice = email.ForMobileDevice ?? false,
            Platform = platform,
            Language = email.Language,
            TimeZone = email.TimeZone,
            Values = email.Values,
        };
    }
}
