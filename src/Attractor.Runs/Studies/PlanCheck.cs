namespace Attractor.Runs;

/// <summary>Whether a plan is one, and what stands in it where nothing is said.</summary>
internal static class PlanCheck
{
    private const int DefaultTrials = 30, MostNameLength = 200;
    private const long Decisions = 9;

    /// <summary>Trials that a study has at most, those that are added later with them.</summary>
    public const long MostTrials = 10_000_000;

    // Updates between two states that a training can be stopped at.
    private const long Stretch = 100;

    /// <summary>The plan with everything said.</summary>
    /// <param name="plan">What somebody asks for.</param>
    /// <param name="name">The name of a study that has none.</param>
    /// <exception cref="ArgumentException">It is none; the message says how to mend it.</exception>
    public static StudyPlan Resolved(StudyPlan plan, string name)
    {
        ModelKind kind = ModelKinds.Find(plan.Model);
        ModelSettings settings = plan.Settings ?? (ModelSettings)kind.Settings.Defaults;
        if (settings.GetType() != kind.Settings.Defaults.GetType())
            throw new ArgumentException(
                $"Expected {kind.Settings.Defaults.GetType().Name} for a {kind.Name}, found {settings.GetType().Name}.");
        kind.Settings.Check(settings);
        string data = kind.DataOf(plan.Data, settings);
        RunLayout.RequireLasting(data);
        settings = settings with { Model = kind.Name, Data = data };
        plan.Space.Check();
        if (plan.Space.Dimensions.FirstOrDefault(d => !kind.Settings.All.Contains(d.Setting)) is { } foreign)
            throw new ArgumentException($"{foreign.Setting.Key} is a setting of another kind than {kind.Name}");
        if (plan.Objectives.Count == 0 || plan.Objectives.DistinctBy(o => o.Metric).Count() < plan.Objectives.Count)
            throw new ArgumentException("a study looks for one number, or for several different ones");
        if (plan.Validation is { } validation)
        {
            RunLayout.RequireLasting(validation);
            if (!File.Exists(validation))
                throw new FileNotFoundException($"there is no file {validation} to score on");
        }
        long? points = StudySampler.Find(plan.Sampler).CountOf(plan.Space);
        long trials = plan.Trials ?? (points is <= GridSampler.MostPoints ? points.Value : DefaultTrials);
        if (trials is < 0 or > MostTrials)
            throw new ArgumentException(FormattableString.Invariant($"a study has at most {MostTrials} trials, not {trials}"));
        if (trials > points)
            throw new ArgumentException(FormattableString.Invariant(
                $"the grid has {points} points, not {trials}: ask for as many at most"));
        if (plan.Lease < TimeSpan.FromSeconds(1) || plan.Lease > TimeSpan.FromDays(1))
            throw new ArgumentException("a lease takes a second at least and a day at most: it is renewed all the time");
        if (plan.Seed < 0)
            throw new ArgumentException("the seed of a study must not be negative");
        string known = plan.Name.Length > 0 ? plan.Name : name;
        if (known.Length > MostNameLength || known.Any(char.IsControl))
            throw new ArgumentException($"the name of a study has at most {MostNameLength} characters, none of them a control character");
        StudyPlan resolved = plan with
        {
            Name = known,
            Data = settings.Data,
            Validation = plan.Validation is { } file ? Path.GetFullPath(file) : null,
            Settings = settings,
            Trials = trials,
        };
        RequireData(resolved, kind);
        return StudyPruner.Find(plan.Pruner).Prunes ? Pruned(resolved, kind) : resolved;
    }

    // What no trial could read is said now rather than by every one of them.
    private static void RequireData(StudyPlan plan, ModelKind kind)
    {
        if (plan.Trials == 0)
            return;
        double[] first = StudySampler.Find(plan.Sampler).Sample(plan.Space, plan.Seed, 0, []);
        kind.Read(plan.Space.Apply(kind.Settings, plan.Settings!, first), null, CancellationToken.None).Dispose();
    }

    private static StudyPlan Pruned(StudyPlan plan, ModelKind kind)
    {
        if (StepsOf(plan.Settings!) is not { } last)
            throw new ArgumentException(
                $"a {kind.Name} reports nothing while it is fitted, so there is nothing to prune by: leave the pruner out");
        long first = plan.PruneFrom ?? Math.Max(1, last / Decisions);
        if (first < 1 || first >= last)
            throw new ArgumentException(FormattableString.Invariant(
                $"trials of {last} steps can be pruned from step 1 to {last - 1} on, not from {first}"));
        if (plan.PruneFactor is < 2 or > 100)
            throw new ArgumentException($"halving divides the field by 2 to 100, not by {plan.PruneFactor}");
        ModelSettings settings = plan.Settings!;
        if (plan.PruneOn is { } on && !IntermediateValues.Known(settings).Contains(on.Metric))
            throw new ArgumentException(
                $"a {kind.Name} cannot be pruned by {on.Metric} but by {string.Join(" or ", IntermediateValues.Known(settings))}");
        // What is decided at a step must be known there.
        if (settings is RecurrentSettings recurrent)
            settings = recurrent with
            {
                CheckpointEvery = recurrent.CheckpointEvery > 0 ? Whole(Math.Min(recurrent.CheckpointEvery, first)) : Whole(first),
            };
        return plan with
        {
            Settings = settings,
            PruneFrom = first,
            PruneOn = plan.PruneOn ?? new(settings is RecurrentSettings { SelectEvery: not 0 } ? "selection_score" : "loss"),
        };
    }

    private static long Whole(long steps) => (steps + Stretch - 1) / Stretch * Stretch;

    /// <summary>The steps of a trial of a kind whose intermediate values are known at the same steps in every run; else null.</summary>
    public static long? StepsOf(ModelSettings settings) => settings switch
    {
        RecurrentSettings recurrent => recurrent.Updates,
        MinibatchSettings minibatches => minibatches.Epochs,
        _ => null,
    };
}
