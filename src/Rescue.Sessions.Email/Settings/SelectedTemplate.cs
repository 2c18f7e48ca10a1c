using Rescue.Sessions.Email.Templates;
using Rescue.Sessions.Organizations;

namespace Rescue.Sessions.Email.Settings;

/// <summary>The template for one message.</summary>
/// <param name="Template">The template, ready to render.</param>
/// <param name="SavedAs">The key under which an administrator has saved it; null for the product's and a built-in one.</param>
/// <param name="TimeZone">The tenant's time zone, for messages that are given no other.</param>
/// <param name="Organization">Whose message it is.</param>
internal sealed record SelectedTemplate(EmailTemplate Template, EmailTemplateKey? SavedAs, string TimeZone, Organization Organization);
