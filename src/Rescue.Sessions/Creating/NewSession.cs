using System.Collections.ObjectModel;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Devices;
using Rescue.Sessions.Fields;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Text;

namespace Rescue.Sessions;

/// <summary>What a technician gives to make a session.</summary>
public sealed record NewSession
{
    /// <summary>The most characters of <see cref="Reference"/>.</summary>
    public const int MaxReferenceLength = 64;

    /// <summary>The most characters of <see cref="IdempotencyKey"/>.</summary>
    public const int MaxIdempotencyKeyLength = 255;

    private const int MaxValues = 64;
    private const int MaxValueLength = 2048;

    /// <summary>Describes a session for one customer.</summary>
    /// <param name="customerName">The customer's name or identifier, 1 to 128 characters. Checked by <see cref="SupportInvitations.Validate"/>.</param>
    public NewSession(string customerName) => CustomerName = customerName;

    /// <summary>The customer's name or identifier.</summary>
    public string CustomerName { get; }

    /// <summary>The host's own reference, such as a ticket number; at most 64 characters.</summary>
    public string? Reference { get; init; }

    /// <summary>The host's own data; null for none.</summary>
    public CustomFields? Fields { get; init; }

    /// <summary>How the link reaches the customer; null for a session by PIN alone, which the technician reads out.</summary>
    public NewInvitation? Invitation { get; init; }

    /// <summary>
    /// The number of digits of the PIN, 6 to 12; null for the usual one. It is never shorter than <see cref="CodeOptions.PinLength"/> and the number of live codes ask
    /// for. PINs of each length have a budget of wrong ones of their own, so that a longer one can be typed while somebody's guesses have spent that of the usual length.
    /// </summary>
    public int? PinLength { get; init; }

    /// <summary>1 to 255 visible ASCII characters, chosen by the client: an exact repeat by the same technician gives the same session again, and another request is refused. Without one, <see cref="CodeOptions.RepeatWindow"/> holds.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Every problem of the input by itself; what is asked of it besides, <see cref="SupportInvitations.Validate"/> knows.</summary>
    internal IReadOnlyList<FieldProblem> Problems()
    {
        var problems = new List<FieldProblem>();
        if (PersonName.Problem(CustomerName) is { } name)
            problems.Add(new("customerName", $"The customer's name or identifier {name}"));
        if (Reference is not null && TextRules.IsLongerThan(Reference, MaxReferenceLength))
            problems.Add(new("reference", $"The reference must not be longer than {MaxReferenceLength} characters."));
        else if (Reference is not null && TextRules.HasForbiddenCharacter(Reference))
            problems.Add(new("reference", "The reference must not contain control characters or line breaks."));
        if (PinLength is < PinCode.MinLength or > PinCode.MaxLength)
            problems.Add(new("pinLength", $"The PIN must have {PinCode.MinLength} to {PinCode.MaxLength} digits."));
        if (IdempotencyKey is { } key && (key.Length is 0 or > MaxIdempotencyKeyLength || key.AsSpan().ContainsAnyExceptInRange('!', '~')))
            problems.Add(new("Idempotency-Key", $"The Idempotency-Key must be 1 to {MaxIdempotencyKeyLength} visible ASCII characters."));
        if (Fields is not null)
            problems.AddRange(Fields.Problems());
        if (Invitation is { } invitation)
            AddProblems(invitation, problems);
        return problems;
    }

    /// <summary>The name as it is kept.</summary>
    internal string NormalName => PersonName.Normalize(CustomerName);

    /// <summary>The reference as it is kept; null when there is nothing to be seen of it.</summary>
    internal string? NormalReference => Reference is { } reference && TextRules.HasVisibleCharacter(reference) ? PersonName.Normalize(reference) : null;

    /// <summary>The same with a telephone number as it is kept, so that limits and repeats do not depend on how it was typed.</summary>
    internal NewSession WithNormalNumber() => Invitation is { Channel: InvitationChannel.Sms } sms
        ? this with { Invitation = sms with { To = PhoneNumber.Parse(sms.To!).Value } }
        : this;

    private static void AddProblems(NewInvitation invitation, List<FieldProblem> problems)
    {
        var isSms = invitation.Channel == InvitationChannel.Sms;
        var field = isSms ? "sms" : "email";
        if (!Enum.IsDefined(invitation.Delivery))
            problems.Add(new("email.delivery", "The delivery must be onMyBehalf or defaultMailClient."));
        if (invitation.Platform is { } platform && !Enum.IsDefined(platform))
            problems.Add(new($"{field}.platform", $"The platform must be one of: {string.Join(", ", DevicePlatforms.All.Select(known => known.ToName()))}."));
        if (isSms)
            AddSmsProblems(invitation, problems);
        else if (invitation.Delivery == EmailDelivery.OnMyBehalf && string.IsNullOrWhiteSpace(invitation.To))
            problems.Add(new("email.to", "To send on your behalf, give the customer's email address."));
        if (invitation.TimeZone is { } zone && !TimeZoneId.IsKnown(zone))
            problems.Add(new($"{field}.timeZone", "The time zone is not known. Give an IANA id such as Europe/Paris, or none for the organisation's."));
        if (invitation.Values is { Count: > MaxValues })
            problems.Add(new("email.values", $"There can be at most {MaxValues} values."));
        foreach (var (name, value) in invitation.Values ?? ReadOnlyDictionary<string, string>.Empty)
        {
            if (value is null)
                problems.Add(new($"email.values.{name}", $"The value of {name} must be text. Leave it out for none."));
            else if (value.Length > MaxValueLength)
                problems.Add(new($"email.values.{name}", $"The value of {name} must not be longer than {MaxValueLength} characters."));
            else if (TextRules.HasForbiddenCharacter(value))
                problems.Add(new($"email.values.{name}", $"The value of {name} must not contain control characters or line breaks."));
        }
    }

    private static void AddSmsProblems(NewInvitation invitation, List<FieldProblem> problems)
    {
        if (invitation.Delivery == EmailDelivery.DefaultMailClient)
            problems.Add(new("sms", "An SMS is sent by the service. Choose onMyBehalf."));
        if (!PhoneNumber.TryParse(invitation.To, out _, out var problem))
            problems.Add(new("sms.to", Describe(problem)));
        if (invitation.Language is { } language && !LanguageTag.IsWellFormed(language))
            problems.Add(new("sms.language", "The language must be a BCP 47 language tag such as fr or fr-CA."));
    }

    private static string Describe(PhoneNumberProblem problem) => problem switch
    {
        PhoneNumberProblem.Missing => "Give the customer's telephone number, such as +49 30 901820.",
        PhoneNumberProblem.NoCountryCode => "Write the number with a plus sign and the code of its country, such as +49 30 901820.",
        PhoneNumberProblem.ForeignCharacter => "The number must have nothing but digits behind its plus sign, and blanks between them. An extension cannot get an SMS.",
        _ => "A telephone number has 7 to 15 digits, the code of its country among them.",
    };

    /// <summary>No name and no address, for it may come into a log.</summary>
    public override string ToString() => nameof(NewSession);
}
