namespace Attractor.Runs;

/// <summary>Which trials are not worth going on with. A package adds its own by <see cref="Register"/>.</summary>
public abstract class StudyPruner
{
    private static readonly List<StudyPruner> s_all =
        [new NoPruner(), new MedianPruner(), new SuccessiveHalvingPruner(), new HyperbandPruner()];

    /// <summary>All of them; the first is the one of a study that names none.</summary>
    public static IReadOnlyList<StudyPruner> All
    {
        get
        {
            lock (s_all)
                return [.. s_all];
        }
    }

    /// <summary>As commands and files name it.</summary>
    public abstract string Name { get; }

    /// <summary>Whether it ever prunes.</summary>
    public virtual bool Prunes => true;

    /// <summary>Whether a trial that has just reported a value is to be ended.</summary>
    /// <param name="trial">Its values, the last of which is new and finite.</param>
    /// <param name="others">Those of all other trials that reported any.</param>
    /// <param name="schedule">Between which steps, and by how much.</param>
    public abstract bool IsToBePruned(PrunedCurve trial, IReadOnlyList<PrunedCurve> others, PruningSchedule schedule);

    /// <summary>Adds a pruner.</summary>
    /// <exception cref="ArgumentException">There is one of that name.</exception>
    public static void Register(StudyPruner pruner)
    {
        ArgumentNullException.ThrowIfNull(pruner);
        lock (s_all)
        {
            if (s_all.Any(p => p.Name == pruner.Name))
                throw new ArgumentException($"There is a pruner '{pruner.Name}' already.", nameof(pruner));
            s_all.Add(pruner);
        }
    }

    /// <summary>The pruner of a name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static StudyPruner Find(string name) => All.FirstOrDefault(p => p.Name == name) ?? throw new ArgumentException(
        $"there is no pruner '{name}' (there are {string.Join(", ", All.Select(p => p.Name))})");
}
