using Rescue.Sessions.Creating;
using Rescue.Sessions.Tests.Support;

namespace Rescue.Sessions.Tests.Creating;

public sealed class ReferenceTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("\u200b")]
    public async Task Create_RequiredAndNothingToBeSeenOfIt_IsRefusedByField(string? reference)
    {
        using var desk = new SupportDesk(options => (options.References.IsRequired, options.References.Example) = (true, "INC-7"));

        var problem = await ProblemAsync(desk, reference);

        problem.Should().Be(new FieldProblem("reference", "A session needs a reference, such as INC-7."));
        (await desk.Directory.ListAsync(desk.Ada, new() { Tenant = desk.Ada.Tenant })).Should().BeEmpty();
    }

    [Fact]
    public async Task Create_NothingSet_NeedsNone()
    {
        using var desk = new SupportDesk();

        (await ProblemAsync(desk, null)).Should().BeNull();
        desk.Invitations.FindReferenceRule(desk.Ada).Should().Be(new ReferenceRule(IsRequired: false, Example: null, IsChecked: false));
    }

    [Theory]
    [InlineData("INC-1", true)]
    [InlineData(" INC-12345678 ", true)]
    [InlineData("INC-123456789", false)]
    [InlineData("INC-1 or so", false)]
    [InlineData("an INC-1", false)]
    [InlineData("REQ-1", true)]
    [InlineData("REQ-1x", false)]
    [InlineData(null, true)]
    public async Task Create_Pattern_IsForTheWholeOfWhatIsGiven(string? reference, bool fits)
    {
        using var desk = new SupportDesk(options => options.References.Pattern = "INC-[0-9]{1,8}|REQ-1");

        var problem = await ProblemAsync(desk, reference);

        problem.Should().Be(fits ? null : new FieldProblem("reference", "The reference does not have the form that references have here."));
    }

    [Fact]
    public async Task Create_TenantsOwnRules_HoldInPlaceOfEverybodys()
    {
        using var desk = new SupportDesk(options =>
        {
            options.References.IsRequired = true;
            options.TenantReferences["elsewhere"] = new() { Pattern = "T[0-9]+", Example = "T1" };
        });

        (await ProblemAsync(desk, null, desk.Stranger)).Should().BeNull();
        (await ProblemAsync(desk, "X", desk.Stranger))!.Message.Should().Be("The reference must look like T1.");
        (await ProblemAsync(desk, "X")).Should().BeNull();
        desk.Invitations.FindReferenceRule(desk.Stranger).Example.Should().Be("T1");
    }

    [Fact]
    public async Task Create_HostsCheck_IsAskedOnceOfWhatWillBeKept_AndItsWordsAreTheProblem()
    {
        var asked = new List<(Technician, string)>();
        using var desk = new SupportDesk(options =>
        {
            options.References.Pattern = "INC-[0-9]+";
            options.References.Check = (technician, reference, _) =>
            {
                asked.Add((technician, reference));
                return new(reference == "INC-2" ? "Ticket INC-2 is closed." : null);
            };
        });

        (await ProblemAsync(desk, "nothing like it")).Should().NotBeNull();
        (await ProblemAsync(desk, null)).Should().BeNull();
        asked.Should().BeEmpty("what has not the form is not looked up");
        (await ProblemAsync(desk, " INC-2 ")).Should().Be(new FieldProblem("reference", "Ticket INC-2 is closed."));
        (await ProblemAsync(desk, "INC-1")).Should().BeNull();
        asked.Should().Equal((desk.Ada, "INC-2"), (desk.Ada, "INC-1"));
        desk.Invitations.FindReferenceRule(desk.Ada).IsChecked.Should().BeTrue();
    }

    [Fact]
    public async Task Create_RepeatWithTheKeyOfASession_IsAnsweredThoughItsTicketHasBeenClosedSince()
    {
        var isOpen = true;
        using var desk = new SupportDesk(options => options.References.Check = (_, _, _) => new(isOpen ? null : "It is closed."));
        var request = new NewSession("Grace") { Reference = "INC-1", IdempotencyKey = "key" };
        var first = (CreateSessionResult.Created)await desk.Invitations.CreateAsync(desk.Ada, request);
        isOpen = false;

        var second = await desk.Invitations.CreateAsync(desk.Ada, request);

        second.Should().BeOfType<CreateSessionResult.Created>().Which.Session.Id.Should().Be(first.Session.Id);
    }

    [Fact]
    public async Task Create_WithoutTheRight_AsksNobodyAboutTickets()
    {
        using var desk = new SupportDesk(options => options.References.Check = (_, _, _) => throw new InvalidOperationException("asked"));

        var result = await desk.Invitations.CreateAsync(desk.Ada with { Groups = [] }, new("Grace") { Reference = "INC-1" });

        result.Should().BeOfType<CreateSessionResult.Refused>().Which.Reason.Should().BeOfType<Refusal.Forbidden>();
    }

    [Fact]
    public void Validate_ReferenceThatIsNoText_HasOneProblem()
    {
        using var desk = new SupportDesk(options => options.References.Pattern = "INC-[0-9]+");

        var problems = desk.Invitations.Validate(desk.Ada, new("") { Reference = "a\nb" });

        problems.Select(problem => problem.Field).Should().Equal("customerName", "reference");
    }

    private static async Task<FieldProblem?> ProblemAsync(SupportDesk desk, string? reference, Technician? by = null) =>
        await desk.Invitations.CreateAsync(by ?? desk.Ada, new("Grace Hopper") { Reference = reference }) switch
        {
            CreateSessionResult.Created => null,
            CreateSessionResult.Refused { Reason: Refusal.Invalid { Problems: [var only] } } => only,
            var other => throw new InvalidOperationException(other.ToString()),
        };
}
