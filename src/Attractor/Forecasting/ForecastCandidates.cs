using Attractor.Data;

namespace Attractor.Forecasting;

/// <summary>The candidates there are; a guest adds its own.</summary>
public static class ForecastCandidates
{
    private static readonly NamedRegistry<ForecastCandidate> s_all = new(
        "a candidate",
        candidate => candidate.Name,
        (one, other) => one.GetType() == other.GetType(),
        [
            new PersistenceCandidate(),
            new ParrotingCandidate(),
            new LinearCandidate(),
            new NextGenerationCandidate(),
            new EchoStateCandidate(),
            new SparseEquationCandidate(),
        ]);

    /// <summary>The library's, then those that were registered, in their order.</summary>
    public static IReadOnlyList<ForecastCandidate> All => s_all.All;

    /// <summary>The candidate of a name.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists them.</exception>
    public static ForecastCandidate Find(string name)
        => s_all.Find(name) ?? throw new ArgumentException(
            $"There is no candidate '{name}'{(NearestName.Among(s_all.Names, name) is { } near ? $": did you mean {near}?" : "")} "
            + $"(there are {string.Join(", ", s_all.Names)})",
            nameof(name));

    /// <summary>Lets a candidate take part in every forecast that does not name its own. The same one again changes nothing.</summary>
    /// <exception cref="ArgumentException">There is another one of its name.</exception>
    public static void Register(ForecastCandidate candidate)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        s_all.Register(candidate);
    }
}
