using System.Collections.Concurrent;
using Attractor.Data;
using Attractor.Models;

namespace Attractor.Runs;

/// <summary>All kinds of models there are. A package adds its own by <see cref="Register"/>.</summary>
public static class ModelKinds
{
    private static readonly ConcurrentDictionary<string, RecurrentNetworkKind> s_recurrent = new(StringComparer.Ordinal);

    private static readonly List<ModelKind> s_others =
    [
        new EchoStateKind(),
        new VectorAutoregressionKind(),
        new AutoencoderKind(),
        new SequentialKind(),
        new MixtureKind(),
        new HierarchicalKind(),
        new ZeroShotKind(),
        new AutoKind(),
    ];

    /// <summary>All of them, in the order in which help lists them.</summary>
    public static IReadOnlyList<ModelKind> All
    {
        get
        {
            lock (s_others)
                return [.. RecurrentModel.Kinds.Select(k => s_recurrent.GetOrAdd(k, name => new(name))), .. s_others];
        }
    }

    /// <summary>Adds a kind.</summary>
    /// <exception cref="ArgumentException">There is one of that name.</exception>
    public static void Register(ModelKind kind)
    {
        ArgumentNullException.ThrowIfNull(kind);
        lock (s_others)
        {
            if (All.Any(k => k.Name == kind.Name))
                throw new ArgumentException($"There is a kind '{kind.Name}' already.", nameof(kind));
            s_others.Add(kind);
        }
    }

    /// <summary>The kind of a name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static ModelKind Find(string name)
    {
        IReadOnlyList<ModelKind> all = All;
        return all.FirstOrDefault(k => k.Name == name) ?? throw new ArgumentException(
            $"there is no model "
            + $"'{name}'{(NearestName.Among(all.Select(k => k.Name), name) is { } match ? $"; did you mean {match}?" : "")} "
            + $"(there are {string.Join(", ", all.Select(k => k.Name))})");
    }
}
