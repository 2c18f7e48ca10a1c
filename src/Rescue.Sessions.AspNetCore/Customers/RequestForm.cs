using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Rescue.Sessions.Asking;
using Rescue.Sessions.AspNetCore.Customers.Pages;

namespace Rescue.Sessions.AspNetCore.Customers;

/// <summary>What a customer has filled in who asks for help.</summary>
internal sealed record RequestForm
{
    // 500 characters of three bytes, each of which is written with three, and as much again.
    private const int LongestField = 8 * 1024;
    private const int MaxBody = 16 * 1024;
    private const int IdLength = 32;

    /// <summary>Their name.</summary>
    public string Name { get; private init; } = "";

    /// <summary>What it is about.</summary>
    public string Topic { get; private init; } = "";

    /// <summary>Their email address, where they are asked for it.</summary>
    public string Email { get; private init; } = "";

    /// <summary>Their reference, where they are asked for it.</summary>
    public string Reference { get; private init; } = "";

    /// <summary>Names the form, so that sending it again makes nothing more.</summary>
    public string Id { get; private init; } = RandomNumberGenerator.GetHexString(IdLength, lowercase: true);

    /// <summary>What its page has asked for: all that is known of the rule while nobody can say whose the page is.</summary>
    public RequestRule Rule { get; private init; } = new(RequestField.Hidden, RequestField.Hidden, null);

    /// <summary>Whether what was posted is too large to be looked at.</summary>
    public static bool IsTooLarge(HttpRequest request) => request.ContentLength > MaxBody;

    /// <summary>What was filled in; an empty form where the request has none.</summary>
    public static async Task<RequestForm> ReadAsync(HttpContext context)
    {
        var form = new RequestForm();
        if (await PostedForm.ReadAsync(context, LongestField).ConfigureAwait(false) is not { } fields)
            return form;
        return form with
        {
            Name = Of("name"), Topic = Of("topic"), Email = Of("email"), Reference = Of("reference"), Id = Of("form") is { Length: IdLength } id ? id : form.Id,
            Rule = new(FieldOf("email"), FieldOf("reference"), null),
        };

        RequestField FieldOf(string field) => fields.ContainsKey(field) ? RequestField.Optional : RequestField.Hidden;

        string Of(string field) => fields.GetValueOrDefault(field).ToString();
    }

    /// <summary>No name and no address, for it may come into a log.</summary>
    public override string ToString() => nameof(RequestForm);
}
