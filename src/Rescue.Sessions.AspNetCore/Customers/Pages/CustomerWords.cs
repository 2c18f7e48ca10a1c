using System.Resources;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Languages;

namespace Rescue.Sessions.AspNetCore.Customers.Pages;

/// <summary>The words of the customer's pages in our languages and the host's. Read once, when the first is needed. Thread-safe.</summary>
internal sealed class CustomerWords(IOptions<RescueSessionsOptions> options)
{
    private const string Resource = "CustomerTexts";

    private static readonly Words Shipped = Words.Shipped(new ResourceManager(typeof(CustomerTexts)));

    public Words Words { get; } = Shipped.With(ResourceFile.In(options.Value.LanguageFolder), Resource);

    /// <summary>Every problem of a host's folder.</summary>
    public static IEnumerable<string> Problems(string? folder) => WordsCheck.Problems(folder, Resource, Shipped);
}
