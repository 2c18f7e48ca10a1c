using Rescue.Sessions.Limits;
using Rescue.Sessions.StoreContract;

namespace Rescue.Sessions.Tests.Limits;

public sealed class InMemoryLimitStoreTests : LimitContract
{
    protected override ILimitStore CreateStore() => new InMemoryLimitStore();
}
