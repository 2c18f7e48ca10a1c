using Rescue.Sessions.Settings;
using Rescue.Sessions.StoreContract;

namespace Rescue.Sessions.Tests.Settings;

public sealed class InMemorySettingsStoreTests : SettingsContract
{
    protected override ISettingsStore CreateStore() => new InMemorySettingsStore();
}
