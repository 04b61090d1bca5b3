namespace Attractor.Runs;

/// <summary>How the points of a study are chosen. A package adds its own by <see cref="Register"/>.</summary>
public abstract class StudySampler
{
    private static readonly List<StudySampler> s_all = [new ParzenSampler(), new RandomSampler(), new SobolSampler(), new GridSampler()];

    /// <summary>All of them; the first is the one of a study that names none.</summary>
    public static IReadOnlyList<StudySampler> All
    {
        get
        {
            lock (s_all)
                return [.. s_all];
        }
    }

    /// <summary>As commands and files name it.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// Whether a point depends on the trials that ended before it, and so, with several workers, on which of them was faster; else it
    /// depends on the seed and the number alone.
    /// </summary>
    public abstract bool Learns { get; }

    /// <summary>How many points there are; null if there is no end of them.</summary>
    /// <exception cref="ArgumentException">It cannot sample that space.</exception>
    public virtual long? CountOf(StudySpace space) => null;

    /// <summary>The point of a trial: a coordinate for each dimension, NaN for those that are not there.</summary>
    /// <param name="space">What varies.</param>
    /// <param name="seed">The seed of the study.</param>
    /// <param name="number">The number of the trial.</param>
    /// <param name="ended">The trials that ended before, in any order; none if <see cref="Learns"/> is false.</param>
    public abstract double[] Sample(StudySpace space, long seed, long number, IReadOnlyList<SampledTrial> ended);

    /// <summary>Adds a sampler.</summary>
    /// <exception cref="ArgumentException">There is one of that name.</exception>
    public static void Register(StudySampler sampler)
    {
        ArgumentNullException.ThrowIfNull(sampler);
        lock (s_all)
        {
            if (s_all.Any(s => s.Name == sampler.Name))
                throw new ArgumentException($"There is a sampler '{sampler.Name}' already.", nameof(sampler));
            s_all.Add(sampler);
        }
    }

    /// <summary>The sampler of a name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static StudySampler Find(string name) => All.FirstOrDefault(s => s.Name == name) ?? throw new ArgumentException(
        $"there is no sampler '{name}' (there are {string.Join(", ", All.Select(s => s.Name))})");
}
