using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Rescue.Sessions.Packing;

/// <summary>Which names of an assembly, as documentation files write them, are public. Overloads are told apart by how many parameters they have.</summary>
internal sealed class AssemblyMembers
{
    private readonly Dictionary<string, bool> known = new(StringComparer.Ordinal);

    /// <summary>Whether a user of the assembly can name it.</summary>
    public bool IsPublic(string name) => known.GetValueOrDefault(KeyOf(name));

    /// <summary>Whether it is the assembly's own and nobody else's.</summary>
    public bool IsInternal(string name) => known.TryGetValue(KeyOf(name), out var isPublic) && !isPublic;

    public static AssemblyMembers Read(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var members = new AssemblyMembers();
        var reader = file.GetMetadataReader();
        foreach (var handle in reader.TypeDefinitions)
            members.Add(reader, reader.GetTypeDefinition(handle));
        return members;
    }

    private void Add(MetadataReader reader, TypeDefinition type)
    {
        var name = NameOf(reader, type);
        var isPublic = IsPublic(reader, type);
        Note($"T:{name}", isPublic);
        foreach (var field in type.GetFields().Select(reader.GetFieldDefinition))
            Note($"F:{name}.{reader.GetString(field.Name)}", isPublic && (field.Attributes & FieldAttributes.FieldAccessMask) is FieldAttributes.Public or FieldAttributes.Family);
        foreach (var method in type.GetMethods().Select(reader.GetMethodDefinition))
            Note($"M:{name}.{Written(reader.GetString(method.Name))}/{CountOf(reader, method)}", isPublic && IsPublic(method));
        foreach (var property in type.GetProperties().Select(reader.GetPropertyDefinition))
        {
            var accessors = property.GetAccessors();
            MethodDefinitionHandle[] both = [accessors.Getter, accessors.Setter];
            MethodDefinition[] present = [.. both.Where(accessor => !accessor.IsNil).Select(reader.GetMethodDefinition)];
            var parameters = accessors.Getter.IsNil ? 0 : CountOf(reader, reader.GetMethodDefinition(accessors.Getter));
            Note($"P:{name}.{Written(reader.GetString(property.Name))}/{parameters}", isPublic && present.Any(IsPublic));
        }

        foreach (var @event in type.GetEvents().Select(reader.GetEventDefinition))
            Note($"E:{name}.{reader.GetString(@event.Name)}", isPublic && IsPublic(reader.GetMethodDefinition(@event.GetAccessors().Adder)));
    }

    // Of two overloads that look alike here, the public one decides.
    private void Note(string key, bool isPublic) => known[key] = isPublic || known.GetValueOrDefault(key);

    private static bool IsPublic(MethodDefinition method) =>
        (method.Attributes & MethodAttributes.MemberAccessMask) is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem;

    private static bool IsPublic(MetadataReader reader, TypeDefinition type) => (type.Attributes & TypeAttributes.VisibilityMask) switch
    {
        TypeAttributes.Public => true,
        TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem =>
            IsPublic(reader, reader.GetTypeDefinition(type.GetDeclaringType())),
        _ => false,
    };

    private static string NameOf(MetadataReader reader, TypeDefinition type)
    {
        var name = reader.GetString(type.Name);
        if (!type.GetDeclaringType().IsNil)
            return $"{NameOf(reader, reader.GetTypeDefinition(type.GetDeclaringType()))}.{name}";
        var space = reader.GetString(type.Namespace);
        return space.Length == 0 ? name : $"{space}.{name}";
    }

    private static int CountOf(MetadataReader reader, MethodDefinition method)
    {
        var signature = reader.GetBlobReader(method.Signature);
        if (signature.ReadSignatureHeader().IsGeneric)
            signature.ReadCompressedInteger();
        return signature.ReadCompressedInteger();
    }

    private static string Written(string name) => name.Replace('.', '#');

    // "M:A.B.C``1(System.String,System.Func{X,Y})" is "M:A.B.C/2".
    private static string KeyOf(string name)
    {
        if (name.Length < 2 || name[0] is 'T' or 'F' or 'E' or 'N' or '!')
            return name;
        var open = name.IndexOf('(', StringComparison.Ordinal);
        var bare = open < 0 ? name : name[..open];
        var arity = bare.IndexOf("``", StringComparison.Ordinal);
        return $"{(arity < 0 ? bare : bare[..arity])}/{(open < 0 ? 0 : ParametersOf(name[(open + 1)..]))}";
    }

    private static int ParametersOf(string list)
    {
        var (depth, count) = (0, 1);
        foreach (var character in list)
        {
            if (character == ')' && depth == 0)
                break;
            depth += character is '{' or '[' or '(' ? 1 : character is '}' or ']' or ')' ? -1 : 0;
            if (character == ',' && depth == 0)
                count++;
        }

        return count;
    }
}
