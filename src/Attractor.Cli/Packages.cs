using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Attractor.Data;
using Attractor.Runs;

namespace Attractor.Cli;

/// <summary>Kinds of models, formats of data and more from packages outside: assemblies that the environment names.</summary>
internal static class Packages
{
    /// <summary>Files with <see cref="Path.PathSeparator"/> between them.</summary>
    public const string Variable = "ATTRACTOR_PACKAGES";

    /// <summary>
    /// Loads them; every public kind of model and format of data with a constructor without arguments is registered, and whatever else
    /// an assembly registers in its module initialiser.
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
                RuntimeHelpers.RunModuleConstructor(assembly.ManifestModule.ModuleHandle);
                foreach (Type type in assembly.GetExportedTypes())
                    Register(type);
            }
            catch (TargetInvocationException e)
            {
                throw new InvalidDataException(
                    $"{Variable} names {file}, of which a kind of model or a format cannot be made: {e.InnerException?.Message}");
            }
            catch (TypeInitializationException e)
            {
                throw new InvalidDataException($"{Variable} names {file}, which cannot begin: {e.InnerException?.Message}");
            }
            catch (Exception e) when (e is BadImageFormatException or FileLoadException or ReflectionTypeLoadException or TypeLoadException)
            {
                throw new InvalidDataException($"{Variable} names {file}, which is no package for this version of Attractor: {e.Message}");
            }
        }
    }

    private static void Register(Type type)
    {
        if (type.IsAbstract || type.GetConstructor([]) is not { } create)
            return;
        if (type.IsSubclassOf(typeof(ModelKind)) && ModelKinds.All.All(kind => kind.GetType() != type))
            ModelKinds.Register((ModelKind)create.Invoke([]));
        else if (type.IsSubclassOf(typeof(SeriesFormat)))
            SeriesFormat.Register((SeriesFormat)create.Invoke([]));
    }
}
