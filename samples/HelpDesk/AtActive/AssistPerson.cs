using Rescue.Sessions.Guests;

namespace HelpDesk.AtActive;

/// <summary>Who is in a room: the technician, the customer or, by their id, a guest.</summary>
internal sealed record AssistPerson(string Id, string Name)
{
    private const string TechnicianId = "technician";
    private const string CustomerId = "customer";

    public static AssistPerson Technician(string name) => new(TechnicianId, name);

    public static AssistPerson Customer(string name) => new(CustomerId, name);

    public static AssistPerson Of(Guest guest) => new(guest.Id, guest.Name);

    public bool IsGuest => !IsTechnician && !IsCustomer;

    private bool IsTechnician => Id == TechnicianId;

    private bool IsCustomer => Id == CustomerId;

    /// <summary>Whether they may say this. The customer alone shows something, and the technician alone may make them stop.</summary>
    public bool MaySay(string kind) => kind switch
    {
        "chat" or "candidate" => true,
        "offer" or "stopped" => IsCustomer,
        "answer" => !IsCustomer,
        "stop" => IsTechnician,
        _ => false,
    };

    /// <summary>Whether what they say is for another: chat for everybody, and of how browsers reach each other what the customer says for whom they name, and what others say for the customer.</summary>
    public bool SaysTo(AssistPerson other, string kind, string? to) =>
        Id != other.Id && (kind is "chat" or "stopped" || (IsCustomer ? other.Id == to : other.IsCustomer));
}
