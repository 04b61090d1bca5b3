using System.Collections;
using System.Reflection;
using System.Runtime.Loader;

namespace Attractor.Mutants;

/// <summary>The tests of an assembly, found and run without a test runner around them.</summary>
/// <param name="path">The assembly, with what it needs beside it.</param>
internal sealed class TestAssembly
{
    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static;

    private readonly Assembly _assembly;

    public TestAssembly(string path)
    {
        path = Path.GetFullPath(path);
        // Tests find files beside their own assembly.
        AppContext.SetData("APP_CONTEXT_BASE_DIRECTORY", Path.GetDirectoryName(path) + Path.DirectorySeparatorChar);
        AssemblyDependencyResolver resolver = new(path);
        AssemblyLoadContext.Default.Resolving += (context, name)
            => resolver.ResolveAssemblyToPath(name) is { } found ? context.LoadFromAssemblyPath(found) : null;
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name)
            => resolver.ResolveUnmanagedDllToPath(name) is { } found ? System.Runtime.InteropServices.NativeLibrary.Load(found) : 0;
        _assembly = AssemblyLoadContext.Default.LoadFromAssemblyPath(path);
    }

    /// <summary>The library that is tested.</summary>
    public Assembly Library => AssemblyLoadContext.Default.LoadFromAssemblyName(new("Attractor"));

    /// <summary>The tests of the classes of these names.</summary>
    public IEnumerable<TestCase> Of(IReadOnlyCollection<string> classes)
    {
        foreach (Type type in _assembly.GetTypes().Where(t => !t.IsAbstract && classes.Contains(t.Name)))
            foreach (MethodInfo method in type.GetMethods(Everything))
                if (Attribute(method, "FactAttribute") is { } fact && !IsSkipped(fact))
                    foreach (TestCase test in Cases(type, method, fact))
                        yield return test;
    }

    private static IEnumerable<TestCase> Cases(Type type, MethodInfo method, object fact)
    {
        if (!IsA(fact.GetType(), "TheoryAttribute"))
        {
            yield return new($"{type.FullName}.{method.Name}", type, method, []);
            yield break;
        }
        int number = 0;
        foreach (object source in method.GetCustomAttributes(inherit: true).Where(a => IsA(a.GetType(), "DataAttribute")))
            foreach (object?[] row in Rows(source, method))
                yield return new($"{type.FullName}.{method.Name}#{number++}", type, method, row);
        if (number == 0)
            Console.Error.WriteLine($"left out, as no rows were found for it: {type.FullName}.{method.Name}");
    }

    private static List<object?[]> Rows(object source, MethodInfo method)
    {
        // A runner of the platform says in which class a member is looked for: an attribute that was not told finds no rows.
        if (source.GetType().GetInterface("ITypeAwareDataAttribute") is not null
            && source.GetType().GetProperty("MemberType") is { } member && member.GetValue(source) is null)
            member.SetValue(source, method.ReflectedType);
        MethodInfo get = source.GetType().GetMethod("GetData")!;
        object tracker = Activator.CreateInstance(get.GetParameters()[1].ParameterType)!;
        dynamic pending = get.Invoke(source, [method, tracker])!;
        IEnumerable rows = (IEnumerable)pending.AsTask().GetAwaiter().GetResult();
        List<object?[]> all = [];
        foreach (object row in rows)
            all.Add((object?[])row.GetType().GetInterface("ITheoryDataRow")!.GetMethod("GetData")!.Invoke(row, [])!);
        return all;
    }

    private static bool IsSkipped(object fact) => fact.GetType().GetProperty("Skip")?.GetValue(fact) is not null;

    private static object? Attribute(MethodInfo method, string name)
        => method.GetCustomAttributes(inherit: true).FirstOrDefault(a => IsA(a.GetType(), name));

    private static bool IsA(Type? type, string name) => type is not null && (type.Name == name || IsA(type.BaseType, name));
}
