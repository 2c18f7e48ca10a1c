using Rescue.Sessions.Normalization;

namespace Rescue.Sessions.EntityFrameworkCore.Sessions;

/// <summary>The columns by which a session is found by people.</summary>
internal readonly record struct SessionForms(string Customer, string? Recipient, string SearchText)
{
    public static SessionForms Of(string customerName, string? to, string? reference, string? topic) => new(
        NormalForm.ForCustomer(customerName),
        to is null ? null : NormalForm.ForCustomer(to),
        // A line each, which no search can span; only who has asked for help has said with what.
        $"{NormalForm.ForSearch(customerName)}\n{NormalForm.ForSearch(reference ?? "")}{(topic is null ? "" : $"\n{NormalForm.ForSearch(topic)}")}");
}
