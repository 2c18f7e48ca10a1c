using System.Net.Http.Json;
using Rescue.Sessions.TestHost;

namespace Rescue.Sessions.Browser.Tests.Components;

/// <summary>A help desk of its own whose technicians have more sessions than one page of a list shows.</summary>
internal static class LongList
{
    /// <summary>A page is fifty.</summary>
    public const int Count = 60;

    public static async Task<RunningHelpDesk> StartAsync()
    {
        var desk = await RunningHelpDesk.StartAsync();
        var technician = await desk.SignInAsync("mobile");
        for (var number = 0; number < Count; number++)
        {
            using var made = await technician.PostAsJsonAsync("/rescue/sessions", new { customerName = $"More {number}" }, TestContext.Current.CancellationToken);
            made.EnsureSuccessStatusCode();
        }

        return desk;
    }
}
