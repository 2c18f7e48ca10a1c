using Rescue.Sessions.Applets;
using Rescue.Sessions.Asking;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Colleagues;
using Rescue.Sessions.Creating;
using Rescue.Sessions.Guessing;
using Rescue.Sessions.Guests;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Organizations;
using Rescue.Sessions.Outbox;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Retention;
using Rescue.Sessions.Visiting;

namespace Rescue.Sessions;

/// <summary>The settings of the core, by concept. They are checked when the host starts.</summary>
public sealed class RescueSessionsOptions :
    IAppletOptions,
    IAskingOptions,
    ICodeOptions,
    ICreatingOptions,
    IGuestOptions,
    IColleagueOptions,
    IGuessOptions,
    IOrganizationOptions,
    IOutboxOptions,
    IPermissionOptions,
    IRetentionOptions
{
    /// <summary>The organisation that gives support: the product's, which every tenant's falls back to.</summary>
    public OrganizationOptions Organization { get; } = new();

    /// <summary>The organisations of single tenants, by tenant; what is not set in one is as in <see cref="Organization"/>.</summary>
    public IDictionary<string, OrganizationOptions> Organizations { get; } = new Dictionary<string, OrganizationOptions>(StringComparer.Ordinal);

    /// <summary>
    /// Says what the host itself keeps of organisations, by tenant and by host name; null for one that it does not know. It goes before <see cref="Organizations"/>,
    /// and what an administrator has saved goes before it. Asked at most once a second about each, by many threads; those who ask at once share the answer, so its token
    /// is no request's and is never cancelled. Null by default.
    /// </summary>
    public Func<OrganizationQuery, CancellationToken, ValueTask<FoundOrganization?>>? FindOrganization { get; set; }

    /// <summary>
    /// Domains and host names that no administrator may put into an organisation's settings unless they were given to it, beside those that organisations have:
    /// such as the name by which a proxy reaches the product. Those for which Email.Dkim has keys are among them by themselves.
    /// </summary>
    public IList<string> ReservedDomains { get; } = [];

    /// <summary>
    /// A folder with resource files of languages that are not among ours, or that replace ours, such as <c>CustomerTexts.nl.resx</c>; a relative path begins at
    /// the content root. Null, the default, for none. The files are checked and read when the host starts.
    /// </summary>
    public string? LanguageFolder { get; set; }

    /// <summary>How codes and links are made.</summary>
    public CodeOptions Codes { get; } = new();

    /// <summary>When sessions change by themselves.</summary>
    public TimeoutOptions Timeouts { get; } = new();

    /// <summary>Time-outs of single tenants, by tenant, instead of <see cref="Timeouts"/>. A technician group can have its own, which win.</summary>
    public IDictionary<string, TimeoutOptions> TenantTimeouts { get; } = new Dictionary<string, TimeoutOptions>(StringComparer.Ordinal);

    /// <summary>What a technician may take on.</summary>
    public TechnicianOptions Technicians { get; } = new();

    /// <summary>How many wrong PINs are tolerated.</summary>
    public GuessOptions Guessing { get; } = new();

    /// <summary>Who takes part in sessions beside technician and customer.</summary>
    public GuestOptions Guests { get; } = new();

    /// <summary>How often customers may be written to.</summary>
    public InvitationOptions Invitations { get; } = new();

    /// <summary>What the references of sessions, such as ticket numbers, must be.</summary>
    public ReferenceOptions References { get; } = new();

    /// <summary>What the references of single tenants' sessions must be, by tenant, instead of <see cref="References"/>.</summary>
    public IDictionary<string, ReferenceOptions> TenantReferences { get; } = new Dictionary<string, ReferenceOptions>(StringComparer.Ordinal);

    /// <summary>Whether customers may ask for help themselves, and how.</summary>
    public RequestOptions Requests { get; } = new();

    /// <summary>The same for single tenants, by tenant, instead of <see cref="Requests"/>.</summary>
    public IDictionary<string, RequestOptions> TenantRequests { get; } = new Dictionary<string, RequestOptions>(StringComparer.Ordinal);

    /// <summary>How often customers may ask for help themselves.</summary>
    public RequestLimitOptions RequestLimits { get; } = new();

    /// <summary>How stored messages are sent.</summary>
    public OutboxOptions Outbox { get; } = new();

    /// <summary>How long what has ended is kept.</summary>
    public RetentionOptions Retention { get; } = new();

    /// <summary>The technician groups of the built-in policy.</summary>
    public PermissionOptions Permissions { get; } = new();
}
