using MimeKit;
using Rescue.Sessions.Organizations;

namespace Rescue.Sessions.Email.Mime;

/// <summary>The organisation's logo as a part that the HTML beside it shows (RFC 2387, RFC 2392).</summary>
internal static class InlineLogo
{
    public static MimePart Create(OrganizationLogo logo)
    {
        var type = ContentType.Parse(logo.MediaType);
        // Some mail programs show what has no name as an attachment without one.
        var name = $"logo.{type.MediaSubtype}";
        type.Name = name;
        return new(type)
        {
            Content = EncodedContent.Create(logo.Bytes.ToArray(), ContentEncoding.Base64),
            ContentTransferEncoding = ContentEncoding.Base64,
            ContentId = logo.ContentId,
            ContentDisposition = new(ContentDisposition.Inline) { FileName = name },
        };
    }
}
