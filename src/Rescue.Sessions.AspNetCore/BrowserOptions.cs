namespace Rescue.Sessions.AspNetCore;

/// <summary>The applet as a page: customers join with their browser, with the same rights, statuses and refusals as with the program.</summary>
public sealed class BrowserOptions
{
    /// <summary>To whom the landing page offers it; where no program exists, by default.</summary>
    public BrowserOffer Offer { get; set; }

    /// <summary>
    /// Modules of the host's that the page loads, as paths of its own origin such as <c>/js/remote-control.js</c>; none by default. Whenever the session
    /// becomes active, be it with the secret from before, the event <c>rescue:handover</c> on <c>document</c> brings them its secret (<c>event.detail.secret</c>),
    /// which the technician has too, and its id (<c>event.detail.session</c>); each change of the status is an event <c>rescue:status</c>. They may add to the element <c>#assistance</c>. The page's
    /// content security policy lets them load scripts, workers, images and media from the same origin and connect to it, and nothing else.
    /// </summary>
    public IList<string> Scripts { get; } = [];

    /// <summary>The same for the page of a guest, whose secret is their own; none by default.</summary>
    public IList<string> GuestScripts { get; } = [];
}
