using System.Reflection;
using System.Runtime.Loader;

namespace Rescue.Sessions.Packages.Products;

/// <summary>An assembly of a product, with the packages that lie beside it.</summary>
internal sealed class BuiltAssembly : AssemblyLoadContext
{
    private readonly string folder;
    private readonly Assembly assembly;

    public BuiltAssembly(string file)
    {
        folder = Path.GetDirectoryName(file)!;
        assembly = LoadFromAssemblyPath(file);
    }

    /// <summary>Calls a static method, whoever may.</summary>
    public object? Call(string type, string method, params object[] arguments) => assembly.GetType(type, throwOnError: true)!
        .GetMethod(method, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic, [.. arguments.Select(argument => argument.GetType())])!
        .Invoke(null, arguments);

    protected override Assembly? Load(AssemblyName assemblyName) =>
        Path.Combine(folder, $"{assemblyName.Name}.dll") is var beside && File.Exists(beside) ? LoadFromAssemblyPath(beside) : null;
}
