using Attractor.Data;
using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Runs;

/// <summary>The settings of a mixture.</summary>
[SettingsGroup(SettingGroup.Model)]
public sealed partial record MixtureSettings : ModelSettings
{
    /// <summary>Whether the mixture is of standardised columns inside.</summary>
    [Setting(StandardizedSettings.Help, Group = SettingGroup.Data)]
    public StandardizeRule Standardize { get; init; } = StandardizeRule.Auto;

    private const string GammaPrefix = "gamma:", FixedPrefix = "fixed:", DirichletPrefix = "dirichlet:";

    private static readonly CoordinateAscentOptions s_ascent = new();
    private static readonly StochasticOptions s_stochastic = new();

    /// <summary>The columns to take, by name or by number from 1; null for those that are named by what they hold.</summary>
    [Setting("columns to take, by name or by number from 1: those that are named as nothing else are positions",
        Default = "those named by position, count, binary and category", Group = SettingGroup.Data, Leads = true)]
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>A column of times, which is left out: rows have no order.</summary>
    [Setting("column of the data with times, which is left out: the rows of a mixture have no order", Default = "none",
        Group = SettingGroup.Data)]
    public string? Time { get; init; }

    /// <summary>Columns of real numbers: together a Gaussian.</summary>
    [Setting("columns of real numbers, such as lon,lat: together a Gaussian", Group = SettingGroup.Data)]
    public IReadOnlyList<string>? Position { get; init; }

    /// <summary>Columns of counts: each Poisson.</summary>
    [Setting("columns of counts: each Poisson", Group = SettingGroup.Data)]
    public IReadOnlyList<string>? Count { get; init; }

    /// <summary>Columns of 0 and 1: each Bernoulli.</summary>
    [Setting("columns of 0 and 1: each Bernoulli", Group = SettingGroup.Data)]
    public IReadOnlyList<string>? Binary { get; init; }

    /// <summary>Columns of categories: each categorical.</summary>
    [Setting("columns of categories, words or numbers: each categorical", Group = SettingGroup.Data)]
    public IReadOnlyList<string>? Category { get; init; }

    /// <summary>K, at most.</summary>
    [Setting("K, at most", Least = 1)]
    public int Components { get; init; } = 5;

    /// <summary>The covariance of the Gaussian; null for spherical, or known if tau is a number.</summary>
    [Setting(
        "of the Gaussian: known (I / tau), shared (one tau for all), spherical, diagonal or full",
        Default = "spherical; known if tau is a number")]
    public CovarianceKind? Covariance { get; init; }

    /// <summary>The precision of the Gaussian, a number or <c>gamma:SHAPE,RATE</c>.</summary>
    [Setting(
        "precision of the Gaussian, 1 / variance: a number, or its prior gamma:SHAPE,RATE",
        Default = "gamma:1,B with B the mean variance of the columns over K^(2/D)")]
    public string? Tau { get; init; }

    /// <summary>The prior mean of the centres.</summary>
    [Setting("prior mean of the centres, a number for each column", Default = "the means of the columns")]
    public IReadOnlyList<double>? Nu { get; init; }

    /// <summary>The prior precision of the centres.</summary>
    [Setting(
        "prior precision of the centres, where covariance is known or shared",
        Default = "1 / the largest variance of the columns",
        Above = 0)]
    public double? Rho { get; init; }

    /// <summary>Rows that the prior mean counts for.</summary>
    [Setting("rows that the prior mean counts for, where covariance is spherical, diagonal or full", Default = "0.01", Above = 0)]
    public double? Kappa { get; init; }

    /// <summary>Degrees of freedom of the Wishart prior.</summary>
    [Setting("degrees of freedom of the Wishart prior, where covariance is full", Default = "D")]
    public double? Degrees { get; init; }

    /// <summary>The inverse scale matrix of the Wishart prior, its diagonal or row by row.</summary>
    [Setting(
        "inverse scale matrix of the Wishart prior, its diagonal or row by row",
        Default = "D times the variances of the columns over K^(2/D)")]
    public IReadOnlyList<double>? Scale { get; init; }

    /// <summary>The shape of the gamma prior of a count's rate; one number, or one for each count.</summary>
    [Setting("shape of the gamma prior of a count's rate; one number, or one for each count", Above = 0)]
    public IReadOnlyList<double> Alpha { get; init; } = [1];

    /// <summary>The rate of that prior.</summary>
    [Setting("rate of that prior", Default = "alpha / the mean count", Above = 0)]
    public IReadOnlyList<double>? Beta { get; init; }

    /// <summary>Ones that the beta prior counts for.</summary>
    [Setting("beta prior of the probability of a 1: ones that it counts for", Above = 0)]
    public IReadOnlyList<double> Ones { get; init; } = [1];

    /// <summary>Zeros that it counts for.</summary>
    [Setting("the zeros that it counts for", Above = 0)]
    public IReadOnlyList<double> Zeros { get; init; } = [1];

    /// <summary>The Dirichlet prior of the categories.</summary>
    [Setting("Dirichlet prior of the categories", Above = 0)]
    public IReadOnlyList<double> Concentration { get; init; } = [1];

    /// <summary>The weights of the components: <c>fixed</c>, <c>fixed:P,P,..</c> or <c>dirichlet:D</c>.</summary>
    [Setting(
        "of the components: fixed (uniform), fixed:P,P,.. or dirichlet:D; far below 1, components that are not needed empty themselves")]
    public string Weights { get; init; } = "dirichlet:1";

    /// <summary>Where a fit sets out from: <c>k-means++</c>, <c>random</c>, or a file of responsibilities.</summary>
    [Setting("k-means++, random, or a file of responsibilities (N rows, K columns)", Group = SettingGroup.Learning)]
    public string Start { get; init; } = KMeans;

    /// <summary>Starts, of which the one with the best bound is kept.</summary>
    [Setting("starts, of which the one with the best bound is kept", Least = 1, Group = SettingGroup.Learning)]
    public int Restarts { get; init; } = s_ascent.Restarts;

    /// <summary>Sweeps of a start at most.</summary>
    [Setting("sweeps of a start at most", Least = 1, Unit = "sweeps", Group = SettingGroup.Learning)]
    public int Sweeps { get; init; } = s_ascent.MaxSweeps;

    /// <summary>The relative change of the bound below which a fit has converged.</summary>
    [Setting("relative change of the bound in a sweep below which a fit has converged", Default = "1e-10; in an epoch 1e-6", Above = 0,
        Group = SettingGroup.Learning)]
    public double? Tolerance { get; init; }

    /// <summary>Rows of a step of stochastic inference; null for coordinate ascent.</summary>
    [Setting(
        "rows of a step of stochastic inference, for data that do not fit in memory",
        Default = "none: coordinate ascent",
        Least = 1,
        Unit = "rows", Group = SettingGroup.Learning)]
    public int? Batch { get; init; }

    /// <summary>Of stochastic inference: passes over the data at most.</summary>
    [Setting("of stochastic inference: passes over the data at most", Least = 1, Unit = "epochs", Group = SettingGroup.Learning)]
    public int Epochs { get; init; } = s_stochastic.Epochs;

    /// <summary>Of stochastic inference: step t has the rate (t + delay)^-forgetting.</summary>
    [Setting("of stochastic inference: step t has the rate (t + delay)^-forgetting", Least = 1, Group = SettingGroup.Learning)]
    public double Delay { get; init; } = s_stochastic.Delay;

    /// <summary>Of stochastic inference: the forgetting rate.</summary>
    [Setting("above 0.5 and at most 1", Above = 0.5, Most = 1, Group = SettingGroup.Learning)]
    public double Forgetting { get; init; } = s_stochastic.Forgetting;

    /// <inheritdoc/>
    [Setting("seed of the starts and of the order of the rows", Least = 0, Demand = "not be negative", Group = SettingGroup.Learning)]
    public override long Seed { get; init; }

    /// <summary>Threads; null for all processors.</summary>
    [Setting("threads; 0 for all processors", Null = "0", Least = 0, Group = SettingGroup.Advanced)]
    public int? Threads { get; init; } = s_ascent.Threads;

    private const string KMeans = "k-means++", RandomStart = "random";

    /// <summary>Whether the data are read in batches.</summary>
    public bool IsStochastic => Batch is not null;

    /// <summary>The file of responsibilities to start from, if one is named.</summary>
    public string? StartFile => Start is KMeans or RandomStart ? null : Start;

    // What is said, else known where tau is a number.
    private CovarianceKind CovarianceInForce => Covariance
        ?? (Tau is not null && !Tau.StartsWith(GammaPrefix, StringComparison.Ordinal) ? CovarianceKind.Known : CovarianceKind.Spherical);

    private MixtureStart StartInForce => Start == RandomStart ? MixtureStart.Random : MixtureStart.KMeansPlusPlus;

    private double ToleranceInForce => Tolerance ?? (IsStochastic ? s_stochastic.Tolerance : s_ascent.Tolerance);

    /// <summary>The columns that the model is about.</summary>
    /// <exception cref="SettingException">There are none, or what is said of them does not go together.</exception>
    public IReadOnlyList<ColumnRequest> Requests() => MixtureColumns.Of(this);

    /// <summary>The same with columns by the names that the file has for them.</summary>
    internal MixtureSettings WithColumns(IReadOnlyList<ColumnRequest> found)
    {
        return this with
        {
            Columns = null,
            Position = Of(ColumnKind.Real),
            Count = Of(ColumnKind.Count),
            Binary = Of(ColumnKind.Binary),
            Category = Of(ColumnKind.Category),
        };

        string[]? Of(ColumnKind kind)
            => found.Where(column => column.Kind == kind).Select(column => column.Name).ToArray() is { Length: > 0 } names
                ? names
                : null;
    }

    /// <summary>How coordinate ascent goes.</summary>
    public CoordinateAscentOptions ToOptions(double[,]? responsibilities) => new()
    {
        Restarts = Restarts,
        Start = StartInForce,
        Responsibilities = responsibilities,
        MaxSweeps = Sweeps,
        Tolerance = ToleranceInForce,
        Seed = (ulong)Seed,
        Threads = Threads,
    };

    /// <summary>How stochastic inference goes.</summary>
    /// <exception cref="SettingException">It cannot start from a file.</exception>
    public StochasticOptions ToStochasticOptions() => StartFile is not null
        ? throw new SettingException(SettingSentence.Join(
            $"{nameof(Batch):setting} and {nameof(Start):setting} FILE do not go together: ",
            $"stochastic inference starts from a fit of a sample of the rows"))
        : new()
        {
            BatchSize = Batch ?? s_stochastic.BatchSize,
            Epochs = Epochs,
            Delay = Delay,
            Forgetting = Forgetting,
            Tolerance = ToleranceInForce,
            Restarts = Restarts,
            Start = StartInForce,
            Seed = (ulong)Seed,
            Threads = Threads,
        };

    /// <inheritdoc/>
    public override FormattableString? WhyUnused(string property) => property switch
    {
        nameof(Standardize) or nameof(Nu) or nameof(Tau) or nameof(Covariance) or nameof(Rho) or nameof(Kappa) or nameof(Degrees)
            or nameof(Scale) when !MixtureColumns.HasPositions(this)
            => $"{property:setting} means nothing without {nameof(Position):setting}",
        nameof(Rho) when CovarianceInForce is not (CovarianceKind.Known or CovarianceKind.Shared)
            => OtherCovariance(property, $"the prior of the centres is {nameof(Kappa):setting}"),
        nameof(Kappa) when CovarianceInForce is CovarianceKind.Known or CovarianceKind.Shared
            => OtherCovariance(property, $"the prior of the centres is {nameof(Rho):setting}"),
        nameof(Tau) when CovarianceInForce == CovarianceKind.Full
            => OtherCovariance(property, $"the prior of the precision is {nameof(Degrees):setting} and {nameof(Scale):setting}"),
        nameof(Degrees) or nameof(Scale) when CovarianceInForce != CovarianceKind.Full
            => OtherCovariance(property, $"the precision is {nameof(Tau):setting}"),
        nameof(Alpha) or nameof(Beta) when Count is null => $"{property:setting} means nothing without {nameof(Count):setting}",
        nameof(Ones) or nameof(Zeros) when Binary is null => $"{property:setting} means nothing without {nameof(Binary):setting}",
        nameof(Concentration) when Category is null => $"{property:setting} means nothing without {nameof(Category):setting}",
        nameof(Sweeps) when IsStochastic
            => $"{property:setting} means nothing with {nameof(Batch):setting}: its passes are {nameof(Epochs):setting}",
        nameof(Epochs) or nameof(Delay) or nameof(Forgetting) when !IsStochastic
            => $"{property:setting} means nothing without {nameof(Batch):setting}",
        nameof(Restarts) when StartFile is not null
            => $"{property:setting} means nothing where {nameof(Start):setting} is a file: there is one start",
        _ => null,
    };

    private FormattableString OtherCovariance(string property, FormattableString there) => SettingSentence.Join(
        $"{property:setting} means nothing where {nameof(Covariance):setting} is {KebabCase.Of(CovarianceInForce)}: ",
        $"there {there}");
}
