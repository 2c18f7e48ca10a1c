using Rescue.Sessions.Packing;

switch (args)
{
    case ["readme", var source, var target, var files]:
        File.WriteAllText(target, PackageReadme.WithAbsoluteLinks(File.ReadAllText(source), files));
        return 0;
    case ["documentation", var assembly, var documentation]:
        PublicDocumentation.Keep(assembly, documentation);
        return 0;
    case ["replace", var source, var target, var word, var by]:
        File.WriteAllText(target, File.ReadAllText(source).Replace(word, by, StringComparison.Ordinal));
        return 0;
    default:
        Console.Error.WriteLine("Packing readme SOURCE TARGET ADDRESS-OF-FILES | documentation ASSEMBLY XML | replace SOURCE TARGET WORD BY");
        return 1;
}
