using Rescue.Sessions.Devices;

namespace Rescue.Sessions.Email.Settings;

public sealed class EmailTemplateKeyTests
{
    [Theory]
    [InlineData("FR-ca", null, "email-template/fr-CA/any")]
    [InlineData("en", DevicePlatform.Android, "email-template/en/android")]
    [InlineData("zh-hant", DevicePlatform.IOS, "email-template/zh-Hant/ios")]
    public void SettingName_Key_LeadsBackToIt(string language, DevicePlatform? platform, string name)
    {
        var key = new EmailTemplateKey(language, platform);

        key.SettingName.Should().Be(name);
        EmailTemplateKey.OfSetting(name).Should().Be(key);
    }

    [Theory]
    [InlineData("email-template/en-x/any")]
    [InlineData("email-template//any")]
    public void OfSetting_SavedForWhatIsNoLanguage_IsPassedOver(string name) => EmailTemplateKey.OfSetting(name).Should().BeNull();

    [Theory]
    [InlineData(null)]
    [InlineData("en_US")]
    [InlineData("")]
    public void Create_NoTag_IsRefused(string? language)
    {
        var create = () => new EmailTemplateKey(language!);

        EmailTemplateKey.TryCreate(language, null, out _).Should().BeFalse();
        create.Should().Throw<ArgumentException>().WithMessage("*BCP 47*");
    }
}
