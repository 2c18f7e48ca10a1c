namespace HelpDesk.SignIn;

/// <summary>Somebody to be while developing.</summary>
/// <param name="Id">The sign-in's name, which is also the technician's id.</param>
/// <param name="Name">The name that customers and colleagues read.</param>
/// <param name="Email">Where customers' answers go.</param>
/// <param name="Group">The technician group whose rights they have.</param>
/// <param name="Tenant">The organisation they work for.</param>
internal sealed record DevelopmentTechnician(string Id, string Name, string Email, string Group, string Tenant)
{
    /// <summary>The key of the text that says what this technician may do.</summary>
    public string DescriptionKey => $"signIn.{Id}";
}
