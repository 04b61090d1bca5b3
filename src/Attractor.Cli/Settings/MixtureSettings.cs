using System.Globalization;
using Attractor.Data;
using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Cli.Settings;

/// <summary>The settings of a mixture.</summary>
internal sealed partial class MixtureSettings : RunSettings
{
    /// <summary>In the order in which help and config.json list them.</summary>
    public static readonly IReadOnlyList<Setting> Known =
    [
        new("position", SettingKind.Word, null, "columns of real numbers, such as lon,lat: together a Gaussian"),
        new("count", SettingKind.Word, null, "columns of counts: each Poisson"),
        new("binary", SettingKind.Word, null, "columns of 0 and 1: each Bernoulli"),
        new("category", SettingKind.Word, null, "columns of categories, words or numbers: each categorical"),
        new("components", SettingKind.Whole, 5L, "K, at most [5]"),
        new("covariance", SettingKind.Word, null, "of the Gaussian: known (I / tau), shared (one tau for all), spherical, diagonal or full [spherical; known if tau is a number]", s_covariances),
        new("tau", SettingKind.Word, null, "precision of the Gaussian, 1 / variance: a number, or its prior gamma:SHAPE,RATE [gamma:1,B with B the mean variance of the columns over K^(2/D)]"),
        new("nu", SettingKind.Word, null, "prior mean of the centres, a number for each column [the means of the columns]"),
        new("rho", SettingKind.Number, null, "prior precision of the centres, where covariance is known or shared [1 / the largest variance of the columns]"),
        new("kappa", SettingKind.Number, null, "rows that the prior mean counts for, where covariance is spherical, diagonal or full [0.01]"),
        new("degrees", SettingKind.Number, null, "degrees of freedom of the Wishart prior, where covariance is full [D]"),
        new("scale", SettingKind.Word, null, "inverse scale matrix of the Wishart prior, its diagonal or row by row [D times the variances of the columns over K^(2/D)]"),
        new("alpha", SettingKind.Word, "1", "shape of the gamma prior of a count's rate; one number, or one for each count [1]"),
        new("beta", SettingKind.Word, null, "rate of that prior [alpha / the mean count]"),
        new("ones", SettingKind.Word, "1", "beta prior of the probability of a 1: ones that it counts for [1]"),
        new("zeros", SettingKind.Word, "1", "the zeros that it counts for [1]"),
        new("concentration", SettingKind.Word, "1", "Dirichlet prior of the categories [1]"),
        new("weights", SettingKind.Word, "dirichlet:1", "of the components: fixed (uniform), fixed:P,P,.. or dirichlet:D; far below 1, components that are not needed empty themselves [dirichlet:1]"),
        new("start", SettingKind.Word, "k-means++", "k-means++, random, or a file of responsibilities (N rows, K columns) [k-means++]"),
        new("restarts", SettingKind.Whole, 10L, "starts, of which the one with the best bound is kept [10]"),
        new("sweeps", SettingKind.Whole, 1000L, "sweeps of a start at most [1000]"),
        new("tolerance", SettingKind.Number, null, "relative change of the bound in a sweep below which a fit has converged [1e-10; in an epoch 1e-6]"),
        new("batch", SettingKind.Whole, null, "rows of a step of stochastic inference, for data that do not fit in memory [none: coordinate ascent]"),
        new("epochs", SettingKind.Whole, 20L, "of stochastic inference: passes over the data at most [20]"),
        new("delay", SettingKind.Number, 1.0, "of stochastic inference: step t has the rate (t + delay)^-forgetting [1]"),
        new("forgetting", SettingKind.Number, 0.7, "above 0.5 and at most 1 [0.7]"),
        new("seed", SettingKind.Whole, 0L, "seed of the starts and of the order of the rows [0]"),
        new("threads", SettingKind.Whole, 0L, "threads; 0 for all processors [0]"),
    ];

    private static readonly string[] s_columns = ["position", "count", "binary", "category"];

    private static string[] s_covariances => ["known", "shared", "spherical", "diagonal", "full"];

    /// <inheritdoc/>
    public override IReadOnlyList<Setting> All => Known;

    /// <summary>Whether the data are read in batches.</summary>
    public bool IsStochastic => IsSet("batch");

    /// <summary>The file of responsibilities to start from, if one is named.</summary>
    public string? StartFile => Word("start") is "k-means++" or "random" ? null : Word("start");

    private double Tolerance => IsSet("tolerance") ? Positive("tolerance") : IsStochastic ? 1e-6 : 1e-10;

    // What is said, else known where tau is a number.
    private string Covariance => IsSet("covariance") ? Word("covariance")
        : IsSet("tau") && !Word("tau").StartsWith("gamma:", StringComparison.Ordinal) ? "known" : "spherical";

    /// <summary>The columns that the model is about.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    public IReadOnlyList<ColumnRequest> Columns()
    {
        List<ColumnRequest> requests = [];
        foreach ((string key, ColumnKind kind) in s_columns.Zip([ColumnKind.Real, ColumnKind.Count, ColumnKind.Binary, ColumnKind.Category]))
            requests.AddRange(Names(key).Select(name => new ColumnRequest(name, kind)));
        return requests.Count > 0
            ? requests
            : throw new ArgumentException($"which columns? --position, --count, --binary or --category names some of {string.Join(", ", TableFile.Names(Data).Take(12))}");
    }

    /// <summary>The mixture; settings that depend on the data are settled.</summary>
    public Mixture CreateModel(IRowSource rows, IReadOnlyList<ColumnRequest> columns)
    {
        int components = Size("components");
        if (rows.Count < components)
            throw new ArgumentException($"there are {rows.Count} rows for {components} components: ask for fewer with --components");
        List<ConjugateBlock> blocks = [.. Gaussians(rows, components)];
        string[] counts = Names("count"), binary = Names("binary"), categories = Names("category");
        if (counts.Length > 0)
        {
            double[] alpha = Numbers("alpha", counts.Length);
            if (!IsSet("beta"))
                Set("beta", Join(counts.Select((c, i) => alpha[i] / Math.Max(Profile(rows, c).Mean, 1e-3))));
            double[] beta = Numbers("beta", counts.Length);
            blocks.AddRange(counts.Select((c, i) => new PoissonBlock(c, Above("alpha", alpha[i]), Above("beta", beta[i]))));
        }
        if (binary.Length > 0)
        {
            double[] ones = Numbers("ones", binary.Length), zeros = Numbers("zeros", binary.Length);
            blocks.AddRange(binary.Select((c, i) => new BernoulliBlock(c, Above("ones", ones[i]), Above("zeros", zeros[i]))));
        }
        if (categories.Length > 0)
        {
            double[] concentration = Numbers("concentration", categories.Length);
            blocks.AddRange(categories.Select((c, i) => new CategoricalBlock(c, Levels(rows, columns, c), Above("concentration", concentration[i]))));
        }
        if (StartFile is { } file)
            Set("start", Path.GetFullPath(file));
        Set("tolerance", Tolerance);
        return new(components, blocks, Weights(components));
    }

    /// <summary>Whether the options are in their ranges: nobody should wait for data to be read before he hears of it.</summary>
    /// <exception cref="ArgumentException">One of them is not.</exception>
    public void RequireOptions()
    {
        _ = Size("components");
        _ = IsStochastic ? ToStochasticOptions().Seed : ToOptions(null).Seed;
    }

    public CoordinateAscentOptions ToOptions(double[,]? responsibilities) => new()
    {
        Restarts = Size("restarts"),
        Start = Start,
        Responsibilities = responsibilities,
        MaxSweeps = Size("sweeps"),
        Tolerance = Tolerance,
        Seed = (ulong)Seed,
        Threads = Size("threads", 0),
    };

    public StochasticOptions ToStochasticOptions() => StartFile is not null
        ? throw new ArgumentException("--batch and --start FILE do not go together: stochastic inference starts from a fit of a sample of the rows")
        : new()
        {
            BatchSize = Size("batch"),
            Epochs = Size("epochs"),
            Delay = Number("delay") >= 1 ? Number("delay") : throw new ArgumentException(FormattableString.Invariant($"--delay must be at least 1, not {Number("delay")}")),
            Forgetting = Number("forgetting") is > 0.5 and <= 1 and var kappa
                ? kappa
                : throw new ArgumentException(FormattableString.Invariant($"--forgetting must be above 0.5 and at most 1, not {Number("forgetting")}: only then do the steps converge")),
            Tolerance = Tolerance,
            Restarts = Size("restarts"),
            Start = Start,
            Seed = (ulong)Seed,
            Threads = Size("threads", 0),
        };

    /// <inheritdoc/>
    protected override bool IsUsed(Setting setting) => WhyUnused(setting.Key) is null;

    /// <inheritdoc/>
    public override void RequireUse(IEnumerable<Setting> given)
    {
        foreach (Setting setting in given)
            if (WhyUnused(setting.Key) is { } reason)
                throw new ArgumentException($"{setting.Option} means nothing {reason}");
    }

    // Null if it is used.
    private string? WhyUnused(string key) => key switch
    {
        "nu" or "tau" or "covariance" or "rho" or "kappa" or "degrees" or "scale" when !IsSet("position") => "without --position",
        "rho" when Covariance is not ("known" or "shared") => $"where --covariance is {Covariance}: there the prior of the centres is --kappa",
        "kappa" when Covariance is "known" or "shared" => $"where --covariance is {Covariance}: there the prior of the centres is --rho",
        "tau" when Covariance == "full" => "where --covariance is full: there the prior of the precision is --degrees and --scale",
        "degrees" or "scale" when Covariance != "full" => $"where --covariance is {Covariance}: there the precision is --tau",
        "alpha" or "beta" when !IsSet("count") => "without --count",
        "ones" or "zeros" when !IsSet("binary") => "without --binary",
        "concentration" when !IsSet("category") => "without --category",
        "sweeps" when IsStochastic => "with --batch: its passes are --epochs",
        "epochs" or "delay" or "forgetting" when !IsStochastic => "without --batch",
        "restarts" when StartFile is not null => "where --start is a file: there is one start",
        _ => null,
    };

    private MixtureStart Start => Word("start") == "random" ? MixtureStart.Random : MixtureStart.KMeansPlusPlus;

    private MixtureWeights Weights(int components)
    {
        string word = Word("weights");
        if (word == "fixed")
            return MixtureWeights.Uniform;
        if (word.StartsWith("fixed:", StringComparison.Ordinal))
        {
            double[] proportions = Several("fixed:");
            return Math.Abs(proportions.Sum() - 1) < 1e-9
                ? MixtureWeights.Fixed(proportions)
                : throw new ArgumentException(FormattableString.Invariant($"--weights fixed: takes proportions that sum to 1, not to {proportions.Sum():G6}"));
        }
        return word.StartsWith("dirichlet:", StringComparison.Ordinal)
            ? MixtureWeights.Dirichlet(Several("dirichlet:"))
            : throw new ArgumentException($"--weights takes fixed, fixed:0.4,0.6 or dirichlet:1, not {word}");

        double[] Several(string prefix)
        {
            double[] values = Split("weights", word[prefix.Length..]);
            return values.Length == components || (values.Length == 1 && prefix == "dirichlet:")
                ? Array.ConvertAll(values, v => Above("weights", v))
                : throw new ArgumentException($"--weights gives {values.Length} numbers for {components} components");
        }
    }

    private string[] Names(string key)
    {
        if (Value(key) is not string text)
            return [];
        string[] names = text.Split(',', StringSplitOptions.TrimEntries);
        return names.Contains("") ? throw new ArgumentException($"--{key} takes names of columns, with commas between them, not '{text}'") : names;
    }

    // One for all, or one for each.
    private double[] Numbers(string key, int count)
    {
        double[] values = Split(key, Word(key));
        if (values.Length == 1)
            return [.. Enumerable.Repeat(values[0], count)];
        return values.Length == count ? values : throw new ArgumentException($"--{key} takes {(count == 1 ? "one number" : $"one number, or {count} between commas")}, not {values.Length}");
    }

    private static double[] Split(string key, string text) => [.. text.Split(',').Select(word => Parse(key, word))];

    private static double Parse(string key, string word) => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
        ? value
        : throw new ArgumentException($"--{key} takes numbers, with commas between them, not '{word}'");

    private static double Above(string key, double value)
        => value > 0 ? value : throw new ArgumentException(FormattableString.Invariant($"--{key} must be above 0, not {value}"));

    private static string Join(IEnumerable<double> values) => string.Join(',', values.Select(v => v.ToString("R", CultureInfo.InvariantCulture)));

    private static IReadOnlyList<string> Levels(IRowSource rows, IReadOnlyList<ColumnRequest> columns, string column)
    {
        IReadOnlyList<string> levels = columns.Single(r => r.Name == column).Levels!;
        if (levels.Count == 1)
            throw new ArgumentException($"the column '{column}' holds the category '{levels[0]}' only: it tells no component from another; leave it out");
        return Profile(rows, column).Present > 0 ? levels : [];
    }

    // What priors may be taken from.
    private static ColumnProfile Informative(string column, ColumnProfile profile)
    {
        if (profile.Present == 0)
            throw new ArgumentException($"the column '{column}' holds no values: leave it out");
        if (profile.IsConstant)
            throw new ArgumentException(FormattableString.Invariant($"the column '{column}' is constant ({profile.Minimum} in every row): it tells no component from another; leave it out"));
        return profile.Variance > 0 && double.IsFinite(profile.Variance)
            ? profile
            : throw new ArgumentException(FormattableString.Invariant($"the column '{column}' goes from {profile.Minimum} to {profile.Maximum}, which is beyond reckoning: rescale it"));
    }

    private static ColumnProfile Profile(IRowSource rows, string column)
    {
        for (int i = 0; i < rows.Names.Count; i++)
            if (rows.Names[i] == column)
                return Informative(column, rows.Profiles[i]);
        throw new ArgumentException($"there is no column '{column}'");
    }
}
