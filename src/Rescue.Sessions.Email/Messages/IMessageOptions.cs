using Rescue.Sessions.Email.Templates;

namespace Rescue.Sessions.Email.Messages;

/// <summary>What is read of the options about the words of messages.</summary>
internal interface IMessageOptions
{
    string DefaultLanguage { get; }

    IList<EmailTemplateSource> Templates { get; }
}
