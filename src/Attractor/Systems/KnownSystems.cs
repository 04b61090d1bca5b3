using Attractor.Data;

namespace Attractor.Systems;

/// <summary>The catalogue of systems that go by a name, with their customary parameters. The names do not heed case.</summary>
public static class KnownSystems
{
    private const string Folder = "Catalogue.";

    private static readonly Lazy<Dictionary<string, SystemDefinition>> s_systems = new(Load);

    private static readonly Dictionary<string, string> s_aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["r\u00F6ssler"] = "roessler",
    };

    /// <summary>All systems in alphabetical order.</summary>
    public static IReadOnlyList<SystemDefinition> Catalogue => [.. s_systems.Value.Values.OrderBy(s => s.Name, StringComparer.Ordinal)];

    /// <summary>Their names, in alphabetical order.</summary>
    public static IReadOnlyList<string> Names => [.. s_systems.Value.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The system of a name (or of an alias such as <c>rössler</c>), whatever its case.</summary>
    /// <exception cref="ArgumentException">There is none; the message names the nearest.</exception>
    public static SystemDefinition Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (s_systems.Value.TryGetValue(s_aliases.GetValueOrDefault(name, name), out SystemDefinition? system))
            return system;
        string hint = NearestName.Among(s_systems.Value.Keys, name) is { } nearest ? $" did you mean '{nearest}'?" : "";
        throw new ArgumentException($"There is no system '{name}':{hint} 'attractor systems' lists them.", nameof(name));
    }

    /// <summary>The flow of a name.</summary>
    /// <exception cref="ArgumentException">There is none, or it is a map.</exception>
    public static OrdinaryDifferentialEquation Get(string name)
    {
        SystemDefinition system = Find(name);
        return system.Kind is SystemKind.Flow
            ? system.ToFlow()
            : throw new ArgumentException($"{system.Name} is a map, not a flow.", nameof(name));
    }

    private static Dictionary<string, SystemDefinition> Load()
    {
        Dictionary<string, SystemDefinition> systems = new(StringComparer.OrdinalIgnoreCase);
        foreach (string resource in typeof(KnownSystems).Assembly
            .GetManifestResourceNames()
            .Where(r => r.StartsWith(Folder, StringComparison.Ordinal)))
        {
            using StreamReader reader = new(typeof(KnownSystems).Assembly.GetManifestResourceStream(resource)!);
            foreach (SystemDefinition system in DefinitionReader.Parse(reader.ReadToEnd(), resource[Folder.Length..]))
                systems.Add(system.Name, system);
        }
        return systems;
    }
}
