namespace Rescue.Sessions;

/// <summary>The organisation that gives support, as customers know it.</summary>
public sealed class OrganizationOptions
{
    /// <summary>Its name, 1 to 128 characters; it signs messages and heads the customer's pages.</summary>
    public string Name { get; set; } = "Support";
}
