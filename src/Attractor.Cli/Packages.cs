using System.Reflection;
using System.Runtime.Loader;
using Attractor.Runs;

namespace Attractor.Cli;

/// <summary>Kinds of models from packages outside: assemblies that the environment names.</summary>
internal static class Packages
{
    /// <summary>Files with <see cref="Path.PathSeparator"/> between them.</summary>
    public const string Variable = "ATTRACTOR_PACKAGES";

    /// <summary>
    /// Loads them; every public kind with a constructor without arguments is registered, and whatever
    /// else an assembly registers when it is loaded.
    /// </summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no assembly for this version.</exception>
    public static void Load()
    {
        string[] files = (Environment.GetEnvironmentVariable(Variable) ?? "").Split(
            Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (string file in files)
        {
            if (!File.Exists(file))
                throw new FileNotFoundException($"{Variable} names {file}, which is not there");
            try
            {
                Assembly assembly = AssemblyLoadContext.Default.LoadFromAssemblyPath(Path.GetFullPath(file));
                foreach (Type type in assembly.GetExportedTypes())
                    if (type is { IsAbstract: false } && type.IsSubclassOf(typeof(ModelKind)) && type.GetConstructor([]) is { } create)
                        ModelKinds.Register((ModelKind)create.Invoke([]));
            }
            catch (TargetInvocationException e)
            {
                throw new InvalidDataException(
                    $"{Variable} names {file}, of which a kind of model cannot be made: {e.InnerException?.Message}");
            }
            catch (Exception e) when (e is BadImageFormatException or FileLoadException or ReflectionTypeLoadException or TypeLoadException)
            {
                throw new InvalidDataException($"{Variable} names {file}, which is no package for this version of Attractor: {e.Message}");
            }
        }
    }
}
