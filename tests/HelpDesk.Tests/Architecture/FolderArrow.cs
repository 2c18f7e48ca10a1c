namespace HelpDesk.Tests.Architecture;

/// <summary>A folder whose code uses types of another.</summary>
internal sealed record FolderArrow(string From, string To)
{
    public override string ToString() => $"{From} -> {To}";
}
