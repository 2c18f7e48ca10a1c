using Rescue.Sessions.Packages.Feed;

[assembly: AssemblyFixture(typeof(PackedFeed))]
