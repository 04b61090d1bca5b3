using System.Globalization;
using Attractor.Data;
using Attractor.Models;

namespace Attractor.Runs;

// The priors: what is given, and for the rest what the data suggest.
public sealed partial record MixtureSettings
{
    // Of the standard deviations of two columns that may share a precision.
    private const double LargestRatio = 10;

    /// <summary>The same with every value that depends on the data.</summary>
    /// <exception cref="ArgumentException">A value does not fit the data, or a column tells nothing.</exception>
    public MixtureSettings Resolve(IRowSource rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count < Components)
            throw new SettingException(
                $"there are {rows.Count} rows for {Components} components: ask for fewer with {nameof(Components):setting}");
        MixtureSettings resolved = this with { Standardize = StandardizeRule.No };
        if (Position is { } columns)
        {
            GaussianPrior prior = GaussianPrior.From(rows, columns, Components);
            bool standardized = Standardize is StandardizeRule.Yes
                || (Standardize is StandardizeRule.Auto && AreOfOtherUnits(rows, columns));
            resolved = ResolveGaussian(standardized ? Standard(prior) : prior) with { Standardize = Rule(standardized) };
        }
        if (Count is { } counts && Beta is null)
        {
            IReadOnlyList<double> alpha = Each(nameof(Alpha), Alpha, counts.Count);
            resolved = resolved with { Beta = [.. counts.Select((c, i) => EmpiricalPrior.RateOfCounts(rows, c, alpha[i]))] };
        }
        return resolved with { Start = StartFile is { } file ? Path.GetFullPath(file) : Start, Tolerance = ToleranceInForce };
    }

    /// <summary>The mixture, of resolved settings.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="columns">Their columns, categories with their levels.</param>
    public Mixture CreateModel(IRowSource rows, IReadOnlyList<ColumnRequest> columns)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(columns);
        List<ConjugateBlock> blocks = [.. Position is { } position ? InUnits(Gaussians(position), UnitsOf(rows)) : []];
        if (Count is { } counts)
        {
            IReadOnlyList<double> alpha = Each(nameof(Alpha), Alpha, counts.Count), beta = Each(nameof(Beta), Beta!, counts.Count);
            blocks.AddRange(counts.Select((c, i) => new PoissonBlock(EmpiricalColumn(rows, c), alpha[i], beta[i])));
        }
        if (Binary is { } binary)
        {
            IReadOnlyList<double> ones = Each(nameof(Ones), Ones, binary.Count), zeros = Each(nameof(Zeros), Zeros, binary.Count);
            blocks.AddRange(binary.Select((c, i) => new BernoulliBlock(c, ones[i], zeros[i])));
        }
        if (Category is { } categories)
        {
            IReadOnlyList<double> concentration = Each(nameof(Concentration), Concentration, categories.Count);
            blocks.AddRange(categories.Select(
                (c, i) => EmpiricalPrior.Categories(rows, c, columns.Single(r => r.Name == c).Levels!, concentration[i])));
        }
        return new(Components, blocks, ComponentWeights());
    }

    /// <summary>Refuses sizes that take more memory than there is, of resolved settings.</summary>
    /// <exception cref="SettingException">They do; the message says what fits.</exception>
    internal void RequireMemory(IRowSource rows, IReadOnlyList<ColumnRequest> columns)
    {
        // Statistics of a row; sums of them for each component by all threads, the posterior with its prior, its best and its checkpoint.
        const int CopiesOfComponents = 8;
        double d = Position?.Count ?? 0,
            features = 1 + (CovarianceInForce is CovarianceKind.Full ? d * (d + 3) / 2 : 2 * d) + columns.Sum(c => c.Levels?.Count ?? 2);
        MemoryNeed.Require(k => Bytes(k, 1), Components, $"{nameof(Components):setting}");
        if (IsStochastic)
            MemoryNeed.Require(b => Bytes(Components, Math.Min(b, rows.Count)), Batch!.Value, $"{nameof(Batch):setting}");

        double Bytes(double components, double held) => sizeof(double) * features * (held + (CopiesOfComponents * components));
    }

    /// <summary>The units of the position columns, of resolved settings; null where the Gaussian is of the columns as they are.</summary>
    internal Standardization? UnitsOf(IRowSource rows)
    {
        if (Standardize is not StandardizeRule.Yes || Position is not { } columns)
            return null;
        ColumnProfile[] profiles = [.. columns.Select(c => EmpiricalPrior.Informative(rows, c))];
        return new([.. profiles.Select(p => p.Mean)], [.. profiles.Select(p => Math.Sqrt(p.Variance))]);
    }

    private static StandardizeRule Rule(bool standardized) => standardized ? StandardizeRule.Yes : StandardizeRule.No;

    // With its prior from the data a Gaussian follows any change of units, unless a precision is shared by columns of different ones. What
    // somebody says of the prior is in the units of the columns.
    private bool AreOfOtherUnits(IRowSource rows, IReadOnlyList<string> columns)
    {
        if (CovarianceInForce is CovarianceKind.Full or CovarianceKind.Known || Tau is not null || Nu is not null || Rho is not null)
            return false;
        double[] variances = [.. columns.Select(c => EmpiricalPrior.Informative(rows, c).Variance)];
        return variances.Max() > LargestRatio * LargestRatio * variances.Min();
    }

    // What the prior from the data is of columns of mean 0 and variance 1.
    private GaussianPrior Standard(GaussianPrior prior)
    {
        int dimension = prior.Columns.Count;
        double narrower = Math.Pow(Components, -2.0 / dimension);
        return prior with
        {
            Mean = new double[dimension],
            PrecisionOfMean = 1,
            Rate = narrower,
            InverseScale = GaussianPrior.Diagonal(Enumerable.Repeat(dimension * narrower, dimension)),
        };
    }

    private static IEnumerable<ConjugateBlock> InUnits(IEnumerable<ConjugateBlock> blocks, Standardization? units)
    {
        if (units is null)
            return blocks;
        int at = 0;
        List<ConjugateBlock> wrapped = [];
        foreach (ConjugateBlock block in blocks)
        {
            int width = block.Columns.Count;
            wrapped.Add(new StandardizedBlock(
                block, new([.. units.Mean.Skip(at).Take(width)], [.. units.Scale.Skip(at).Take(width)])));
            at += width;
        }
        return wrapped;
    }

    // What cannot be told from the data is refused before the model is made.
    private static string EmpiricalColumn(IRowSource rows, string column)
    {
        EmpiricalPrior.Informative(rows, column);
        return column;
    }

    private MixtureSettings ResolveGaussian(GaussianPrior prior)
    {
        int dimension = prior.Columns.Count;
        CovarianceKind covariance = CovarianceInForce;
        MixtureSettings resolved = this with { Covariance = covariance, Nu = Each(nameof(Nu), Nu ?? prior.Mean, dimension) };
        resolved = covariance is CovarianceKind.Known or CovarianceKind.Shared
            ? resolved with { Rho = Rho ?? prior.PrecisionOfMean }
            : resolved with { Kappa = Kappa ?? prior.Kappa };
        return covariance switch
        {
            CovarianceKind.Known => Tau is not null
                ? resolved
                : throw new SettingException($"{nameof(Covariance):setting} known needs the precision: {nameof(Tau):setting} 0.25"),
            CovarianceKind.Full => resolved with
            {
                Degrees = Degrees ?? prior.DegreesOfFreedom,
                Scale = Scale ?? [.. Enumerable.Range(0, dimension).Select(d => prior.InverseScale[(d * dimension) + d])],
            },
            _ => resolved with { Tau = Tau ?? string.Create(CultureInfo.InvariantCulture, $"{GammaPrefix}{prior.Shape:R},{prior.Rate:R}") },
        };
    }

    private IEnumerable<ConjugateBlock> Gaussians(IReadOnlyList<string> columns)
    {
        GaussianPrior prior = new()
        {
            Columns = columns,
            Mean = Nu!,
            PrecisionOfMean = Rho ?? 1,
            Kappa = Kappa ?? 1,
            Rate = 1,
            DegreesOfFreedom = Degrees ?? columns.Count,
            InverseScale = [],
        };
        switch (CovarianceInForce)
        {
            case CovarianceKind.Known:
                return [prior.KnownPrecision(KnownTau())];
            case CovarianceKind.Full:
                return [Wishart(prior)];
            case CovarianceKind.Shared:
                return [WithGamma(prior).SharedPrecision()];
            case CovarianceKind.Diagonal:
                return WithGamma(prior).Diagonal();
            default:
                return [WithGamma(prior).Spherical()];
        }
    }

    private double KnownTau() => !Tau!.StartsWith(GammaPrefix, StringComparison.Ordinal)
        ? Above(nameof(Tau), Parse(nameof(Tau), Tau))
        : throw new SettingException(SettingSentence.Join(
            $"{nameof(Tau):setting} takes a number where {nameof(Covariance):setting} is known, not {Tau}; ",
            $"{nameof(Covariance):setting} shared has a prior"));

    private NormalWishartBlock Wishart(GaussianPrior prior)
    {
        int dimension = prior.Columns.Count;
        if (!(prior.DegreesOfFreedom > dimension - 1))
            throw new SettingException(
                $"{nameof(Degrees):setting} must be above {dimension - 1}, the number of columns less 1, not {prior.DegreesOfFreedom}");
        IReadOnlyList<double> scale = Scale!.Count == dimension * dimension ? Scale
            : Scale.Count == dimension ? GaussianPrior.Diagonal(Scale)
            : throw new SettingException(SettingSentence.Join(
                $"{nameof(Scale):setting} takes {dimension} numbers (the diagonal) or {dimension * dimension} (row by row), ",
                $"not {Scale.Count}"));
        try
        {
            return (prior with { InverseScale = scale }).Full();
        }
        catch (ArgumentException e) when (e.ParamName == "inverseScale")
        {
            string given = string.Join(',', Scale.Select(v => v.ToString("R", CultureInfo.InvariantCulture)));
            throw new SettingException($"{nameof(Scale):setting} {given}: {e.Message}");
        }
    }

    private GaussianPrior WithGamma(GaussianPrior prior)
    {
        return Tau!.StartsWith(GammaPrefix, StringComparison.Ordinal)
            && Split(nameof(Tau), Tau[GammaPrefix.Length..]) is [var shape, var rate]
            ? prior with { Shape = Above(nameof(Tau), shape), Rate = Above(nameof(Tau), rate) }
            : throw new SettingException(SettingSentence.Join(
                $"{nameof(Tau):setting} takes gamma:SHAPE,RATE where {nameof(Covariance):setting} is ",
                $"{KebabCase.Of(CovarianceInForce)}, not {Tau}"));
    }

    private MixtureWeights ComponentWeights()
    {
        if (Weights == "fixed")
            return MixtureWeights.Uniform;
        if (Weights.StartsWith(FixedPrefix, StringComparison.Ordinal))
        {
            double[] proportions = Several(FixedPrefix);
            return Math.Abs(proportions.Sum() - 1) < 1e-9
                ? MixtureWeights.Fixed(proportions)
                : throw new SettingException(
                    $"{nameof(Weights):setting} fixed: takes proportions that sum to 1, not to {proportions.Sum():G6}");
        }
        return Weights.StartsWith(DirichletPrefix, StringComparison.Ordinal)
            ? MixtureWeights.Dirichlet(Several(DirichletPrefix))
            : throw new SettingException($"{nameof(Weights):setting} takes fixed, fixed:0.4,0.6 or dirichlet:1, not {Weights}");

        double[] Several(string prefix)
        {
            double[] values = Split(nameof(Weights), Weights[prefix.Length..]);
            return values.Length == Components || (values.Length == 1 && prefix == DirichletPrefix)
                ? Array.ConvertAll(values, v => Above(nameof(Weights), v))
                : throw new SettingException($"{nameof(Weights):setting} gives {values.Length} numbers for {Components} components");
        }
    }

    // One for all, or one for each.
    private static IReadOnlyList<double> Each(string property, IReadOnlyList<double> values, int count)
    {
        if (values.Count == 1)
            return [.. Enumerable.Repeat(values[0], count)];
        string expected = count == 1 ? "one number" : string.Create(CultureInfo.InvariantCulture, $"one number, or {count} between commas");
        return values.Count == count ? values : throw new SettingException($"{property:setting} takes {expected}, not {values.Count}");
    }

    private static double[] Split(string property, string text) => [.. text.Split(',').Select(word => Parse(property, word))];

    private static double Parse(string property, string word)
        => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw new SettingException($"{property:setting} takes numbers, with commas between them, not '{word}'");

    private static double Above(string property, double value)
        => value > 0 ? value : throw new SettingException($"{property:setting} must be above 0, not {value}");
}
