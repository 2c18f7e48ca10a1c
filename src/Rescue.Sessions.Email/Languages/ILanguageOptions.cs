using Rescue.Sessions.Email.Templates;

namespace Rescue.Sessions.Email.Languages;

/// <summary>What is read of the options about languages.</summary>
internal interface ILanguageOptions
{
    string DefaultLanguage { get; }

    IList<EmailTemplateSource> Templates { get; }
}
