using Rescue.Sessions.Permissions;
using Rescue.Sessions.Settings;

namespace Rescue.Sessions.Tests.Refusals;

public sealed class RefusalTests
{
    [Fact]
    public void Words_OfARefusal_SayWhyAndWhatToDo()
    {
        Refusal[] refusals =
        [
            new Refusal.Forbidden(new([new(ConnectionRight.Hold, MissingRightReason.NotGranted, "support")])),
            new Refusal.Invalid([new("customerName", "The customer's name must not be empty."), new("reference", "There is no such ticket.")]),
            new Refusal.TooMany(LimitedAction.TypePin, TimeSpan.FromSeconds(29.2)),
            new Refusal.NotWritten("The ticket has no title."),
        ];

        refusals.Select(refusal => $"{refusal}").Should().Equal(
            "missing Hold (NotGranted by 'support')",
            "The customer's name must not be empty. There is no such ticket.",
            "too often of late (TypePin), try again in 30 s",
            "The ticket has no title.");
    }

    [Fact]
    public void Words_OfAnOutdatedSave_NameTheVersionAndNobody()
    {
        var latest = new SettingVersion { Tenant = "acme", Name = "timeouts", Version = 7, SavedBy = new("ada", "Ada Lovelace"), SavedAt = DateTimeOffset.UnixEpoch };

        $"{new Refusal.Outdated(latest)}".Should().Be("somebody else has saved version 7");
    }
}
