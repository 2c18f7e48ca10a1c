using System.Xml.Linq;

namespace Rescue.Sessions.Packing;

/// <summary>Takes out of a documentation file what a user of the assembly cannot call.</summary>
internal static class PublicDocumentation
{
    public static void Keep(string assembly, string file)
    {
        var members = AssemblyMembers.Read(assembly);
        var document = XDocument.Load(file, LoadOptions.PreserveWhitespace);
        foreach (var member in document.Descendants("member").ToArray())
        {
            if (!members.IsPublic((string?)member.Attribute("name") ?? ""))
                member.Remove();
        }

        // A reader could not follow them.
        foreach (var reference in document.Descendants().Where(element => element.Attribute("cref") is { } cref && members.IsInternal(cref.Value)).ToArray())
            reference.ReplaceWith(new XElement("c", ShortName(reference.Attribute("cref")!.Value)));
        document.Save(file, SaveOptions.DisableFormatting);
    }

    private static string ShortName(string cref) => cref.Split('(')[0].Split('.', ':')[^1].Split('`')[0];
}
