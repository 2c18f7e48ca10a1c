using System.Globalization;
using System.Resources;

namespace Rescue.Sessions.Email.Templates;

public sealed class TemplatePlaceholderTests
{
    [Fact]
    public void Sample_EveryName_IsWhatThePreviewPrints()
    {
        foreach (var placeholder in TemplatePlaceholder.All)
        {
            var template = EmailTemplateTests.Accept(new("x", $"{{{{ {placeholder.Name} }}}}\n{{{{ link.url }}}}"));
            template.Render(TemplateValues.Sample).Text.Should().StartWith(placeholder.Sample + "\n");
        }
    }

    [Fact]
    public void All_Names_AreTheDocumentedOnes() => TemplatePlaceholder.All.Select(placeholder => placeholder.Name).Should().Equal(
        "customer.name", "technician.name", "technician.email", "organization.name", "link.url", "link.expires_at", "link.minutes_left",
        "pin.code", "organization.phone", "organization.url", "session.reference", "device.platform", "device.mobile",
        "link.expires", "link.address", "link.decline", "fields.field0", "fields.field1", "fields.field2", "fields.field3", "fields.field4", "fields.field5", "fields.tracking");

    [Fact]
    public void PlaceholderIndex_Constants_PointAtTheirNames()
    {
        var constants = typeof(PlaceholderIndex).GetFields();

        constants.Should().HaveCount(TemplatePlaceholder.All.Length);
        foreach (var constant in constants)
        {
            var name = TemplatePlaceholder.All[(int)constant.GetRawConstantValue()!].Name;
            name.Replace(".", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).Should().BeEquivalentTo(constant.Name);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("fr")]
    [InlineData("nl")]
    public void Meaning_EveryPlaceholder_ExistsInTheLanguageItself(string language)
    {
        var meanings = new ResourceManager("Rescue.Sessions.Email.Templates.TemplatePlaceholderMeanings", typeof(TemplatePlaceholder).Assembly);
        var own = meanings.GetResourceSet(CultureInfo.GetCultureInfo(language), createIfNotExists: true, tryParents: false)!;

        foreach (var placeholder in TemplatePlaceholder.All)
            placeholder.Meaning(CultureInfo.GetCultureInfo(language)).Should().Be(own.GetString(placeholder.Name)).And.NotBeNullOrWhiteSpace();
    }

    [Fact]
    public void Sample_EveryPlaceholder_IsWhatThePreviewShows()
    {
        foreach (var placeholder in TemplatePlaceholder.All)
        {
            var template = EmailTemplateTests.Accept(new("x", $"{{{{ {placeholder.Name} }}}} {{{{ link.url }}}}"));

            template.Render(TemplateValues.Sample).Text.Should().StartWith(placeholder.Sample + " ");
        }
    }

    [Theory]
    [InlineData("Customer.Name", "customer.name")]
    [InlineData("custmer.nmae", "customer.name")]
    [InlineData("link", "link.url")]
    [InlineData("url", "link.url")]
    [InlineData("expires_at", "link.expires_at")]
    [InlineData("agent.email", "technician.email")]
    [InlineData("pin", "pin.code")]
    [InlineData("organisation.name", "organization.name")]
    [InlineData("endif", "end")]
    [InlineData("elseif", "else if")]
    public void Nearest_MisspeltName_IsTheOneMeant(string written, string meant) => PlaceholderSpelling.Nearest(written).Should().Be(meant);

    [Theory]
    [InlineData("zzz")]
    [InlineData("_")]
    [InlineData("a.very.long.name.that.nobody.could.have.meant.to.write.here")]
    public void Nearest_OtherName_IsNone(string written) => PlaceholderSpelling.Nearest(written).Should().BeNull();
}
