namespace Rescue.Sessions.Email;

/// <summary>A message in which a test changes the one thing it is about.</summary>
internal static class SampleMessage
{
    public const string Link = "https://help.example.com/Customer/Code.aspx?i=2&Code=012345&k=3q2-7wAAAAAAAAAAAAAAAA";

    public static EmailMessage Create() => new()
    {
        MessageId = "0190a3f0c7a87cc1b1f3a1b2c3d4e5f6.0123456789abcdef@example.com",
        Date = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.FromHours(1)),
        From = EmailAddress.Parse("support@example.com").WithDisplayName("Ana Léger, Exemple SA"),
        ReplyTo = EmailAddress.Parse("ana@example.com"),
        To = EmailAddress.Parse("customer@example.net"),
        Subject = "Votre séance d’assistance",
        Text = $"Bonjour,\n\nOuvrez ce lien pour commencer :\n{Link}\n\nL’équipe\n",
        Html = $"<p>Bonjour,</p><p><a href=\"{Link.Replace("&", "&amp;", StringComparison.Ordinal)}\">Commencer</a></p>",
        Language = "fr",
        Link = new Uri(Link),
        Tenant = "acme",
        Session = SessionId.Parse("0190a3f0c7a87cc1b1f3a1b2c3d4e5f6", null),
        Reference = "T-42",
    };

    /// <summary>One whose HTML shows a logo.</summary>
    public static EmailMessage CreateWith(Organizations.OrganizationLogo logo) =>
        Create() with { Html = $"<p><img src=\"cid:{logo.ContentId}\" alt=\"Exemple SA\"></p>{Create().Html}", Logo = logo };
}
