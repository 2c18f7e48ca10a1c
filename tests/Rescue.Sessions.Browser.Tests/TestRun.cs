using Rescue.Sessions.Browser.Tests;

[assembly: AssemblyFixture(typeof(Chromium))]
