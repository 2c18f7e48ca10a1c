using System.Net;
using Rescue.Sessions.Requests;

namespace Rescue.Sessions.Asking;

/// <summary>What a customer gives to ask for help themselves, and whom they ask.</summary>
/// <param name="Tenant">Whose technicians they ask. The host decides that, as by the host name of its page; nothing that the customer sends may.</param>
/// <param name="CustomerName">Their name, 1 to 128 characters.</param>
/// <param name="Topic">What they need help with, 1 to 500 characters; line breaks become spaces.</param>
public sealed record NewCustomerRequest(string Tenant, string CustomerName, string Topic)
{
    /// <summary>Their email address; null for none.</summary>
    public string? Email { get; init; }

    /// <summary>Their reference, such as a ticket number, at most 64 characters; null for none.</summary>
    public string? Reference { get; init; }

    /// <summary>The language of the page on which they ask, as a BCP 47 tag; null where it is not known.</summary>
    public string? Language { get; init; }

    /// <summary>The address they come from; null when it is not known, and then all unknown ones count as one.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>
    /// What names the form that they have filled in, 1 to 64 characters of the host's own making: a double click and a page that is sent again make one session.
    /// Null for none.
    /// </summary>
    public string? Form { get; init; }

    /// <summary>The topic as it is kept: one line.</summary>
    internal string NormalTopic => string.Join(' ', (Topic ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Normalize();

    /// <summary>The address as it is kept; null when there is nothing to be seen of it.</summary>
    internal string? NormalEmail => string.IsNullOrWhiteSpace(Email) ? null : Email.Trim();

    /// <summary>No name and no address, for it may come into a log.</summary>
    public override string ToString() => nameof(NewCustomerRequest);
}
