using System.Text;

namespace HelpDesk.Tests;

/// <summary>What a customer's Windows shows of the program that was built with the sample.</summary>
public sealed class AppletResourceTests
{
    [Theory]
    [InlineData("ProductName", "Acme Support")]
    [InlineData("FileDescription", "Acme Support")]
    [InlineData("CompanyName", "Acme Ltd")]
    [InlineData("LegalCopyright", "Acme Ltd")]
    [InlineData("ProductVersion", "0.1.0")]
    [InlineData("FileVersion", "0.1.0.0")]
    public void WindowsProgram_ShowsTheOrganisationsName(string entry, string value)
    {
        var program = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "applets", "windows", "RescueApplet.exe")).AsSpan();

        // The program's own resource comes last; those before it belong to parts of the runtime.
        var found = program[(program.LastIndexOf(Encoding.Unicode.GetBytes(entry + "\0")) + (2 * entry.Length))..];

        Encoding.Unicode.GetString(found[..128]).TrimStart('\0').Split('\0')[0].Should().Be(value);
    }
}
