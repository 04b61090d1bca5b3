using Attractor.Data;
using Attractor.Models;

namespace Attractor.Cli.Settings;

// The Gaussian of the position: which kind, and what is not given of its prior.
internal sealed partial class MixtureSettings
{
    private IEnumerable<ConjugateBlock> Gaussians(IRowSource rows, int components)
    {
        string[] columns = Names("position");
        if (columns.Length == 0)
            yield break;
        ColumnProfile[] profiles = [.. columns.Select(c => Profile(rows, c))];
        // K components that tile D dimensions are each K^(1/D) times narrower than the data.
        double narrower = Math.Pow(components, -2.0 / columns.Length), variance = profiles.Average(p => p.Variance);
        string covariance = Covariance;
        Set("covariance", covariance);
        if (!IsSet("nu"))
            Set("nu", Join(profiles.Select(p => p.Mean)));
        double[] nu = Numbers("nu", columns.Length);
        if (covariance is "known" or "shared")
        {
            if (!IsSet("rho"))
                Set("rho", 1 / Math.Max(profiles.Max(p => p.Variance), double.Epsilon));
        }
        else if (!IsSet("kappa"))
        {
            Set("kappa", 0.01);
        }
        switch (covariance)
        {
            case "known":
                if (!IsSet("tau"))
                    throw new ArgumentException("--covariance known needs the precision: --tau 0.25");
                if (Word("tau").StartsWith("gamma:", StringComparison.Ordinal))
                    throw new ArgumentException($"--tau takes a number where --covariance is known, not {Word("tau")}; --covariance shared has a prior");
                yield return new GaussianMeanBlock(columns, Above("tau", Parse("tau", Word("tau"))), nu, Positive("rho"));
                break;
            case "full":
                if (!IsSet("degrees"))
                    Set("degrees", (double)columns.Length);
                if (!IsSet("scale"))
                    Set("scale", Join(profiles.Select(p => columns.Length * p.Variance * narrower)));
                yield return Wishart(columns, nu);
                break;
            default:
                if (!IsSet("tau"))
                    Set("tau", "gamma:" + Join([1, variance * narrower]));
                (double shape, double rate) = GammaPrior();
                if (covariance == "shared")
                    yield return new GaussianMeanBlock(columns, shape, rate, nu, Positive("rho"));
                else if (covariance == "spherical")
                    yield return new NormalGammaBlock(columns, nu, Positive("kappa"), shape, rate);
                else
                    for (int d = 0; d < columns.Length; d++)
                        yield return new NormalGammaBlock([columns[d]], [nu[d]], Positive("kappa"), shape, rate);
                break;
        }
    }

    private NormalWishartBlock Wishart(string[] columns, double[] nu)
    {
        double degrees = Number("degrees");
        if (!(degrees > columns.Length - 1))
            throw new ArgumentException(FormattableString.Invariant($"--degrees must be above {columns.Length - 1}, the number of columns less 1, not {degrees}"));
        (double[] scale, double kappa) = (Scale(columns.Length), Positive("kappa"));
        try
        {
            return new(columns, scale, nu, kappa, degrees);
        }
        catch (ArgumentException e) when (e.ParamName == "inverseScale")
        {
            throw new ArgumentException($"--scale {Word("scale")}: {e.Message}", e.ParamName);
        }
    }

    private (double Shape, double Rate) GammaPrior()
    {
        string tau = Word("tau");
        return tau.StartsWith("gamma:", StringComparison.Ordinal) && Split("tau", tau["gamma:".Length..]) is [var shape, var rate]
            ? (Above("tau", shape), Above("tau", rate))
            : throw new ArgumentException($"--tau takes gamma:SHAPE,RATE where --covariance is {Word("covariance")}, not {tau}");
    }

    private double[] Scale(int dimension)
    {
        double[] values = Split("scale", Word("scale"));
        if (values.Length == dimension * dimension)
            return values;
        if (values.Length != dimension)
            throw new ArgumentException($"--scale takes {dimension} numbers (the diagonal) or {dimension * dimension} (row by row), not {values.Length}");
        double[] matrix = new double[dimension * dimension];
        for (int d = 0; d < dimension; d++)
            matrix[(d * dimension) + d] = values[d];
        return matrix;
    }
}
