using System.Text.Json.Nodes;
using Attractor.Differentiation;
using Attractor.Learning;
using Attractor.Runs;
using MathNet.Numerics.Integration;

namespace Attractor.Experiments;

/// <summary>
/// The posterior of a logistic regression of twenty observations, each repeated k times: two coefficients with the prior N(0, 2^2),
/// evidence by Laplace's method, by importance sampling from it, by variational inference and by quadrature.
/// </summary>
/// <param name="Repeats">k.</param>
/// <param name="Laplace">Laplace's approximation.</param>
/// <param name="Variational">The full-rank Gaussian of black-box variational inference; null where it was not asked for.</param>
/// <param name="LogEvidence">By quadrature.</param>
internal sealed record LogisticPosterior(int Repeats, LaplaceFit Laplace, VariationalFit? Variational, double LogEvidence)
{
    private const double Prior = 2;

    // On either side of the mode, in standard deviations, and the nodes over the whole.
    private const double Reach = 12;
    private const int Nodes = 300;

    private static readonly double[] s_x =
    [
        -2.1, -1.7, -1.5, -1.2, -0.9, -0.8, -0.5, -0.3, -0.1, 0.0, 0.2, 0.4, 0.5, 0.8, 1.0, 1.1, 1.4, 1.6, 1.9, 2.3
    ];

    private static readonly double[] s_labels = [0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 1, 1, 0, 1, 1, 1, 1, 1];

    /// <summary>n, the number of observations.</summary>
    public int Observations => Repeats * s_x.Length;

    /// <summary>What Laplace's method misses of the log evidence, nats.</summary>
    public double Error => LogEvidence - Laplace.LogEvidence;

    public static LogisticPosterior Of(int repeats, int draws, ulong seed, bool withVariational, CancellationToken token)
    {
        LogJoint model = new([LatentVariable.Real("intercept"), LatentVariable.Real("slope")], z =>
        {
            Variable<double> logits = z["intercept"] + (z["slope"] * z.Tape.Constant(new(1, s_x.Length), s_x));
            Variable<double> likelihood = logits.BernoulliLogLikelihood(z.Tape.Constant(new(1, s_x.Length), s_labels)).SumOverColumns();
            return (likelihood * repeats)
                - ((z["intercept"].Square() + z["slope"].Square()) * (0.5 / (Prior * Prior))) - Math.Log(2 * Math.PI * Prior * Prior);
        });
        LaplaceFit laplace = LaplaceApproximation.Fit(model, new() { Draws = draws, Seed = seed }, cancellationToken: token);
        VariationalFit? variational = withVariational
            ? VariationalInference.Fit(model, new() { Draws = draws, Seed = seed }, cancellationToken: token)
            : null;
        token.ThrowIfCancellationRequested();
        return new(repeats, laplace, variational, Quadrature(model, laplace));
    }

    public JsonObject ToJson()
    {
        JsonObject json = new()
        {
            ["observations"] = Observations,
            ["mode"] = new JsonArray([Json.Number(Laplace.UnconstrainedMode[0]), Json.Number(Laplace.UnconstrainedMode[1])]),
            ["log_evidence"] = Json.Number(LogEvidence),
            ["laplace"] = Json.Number(Laplace.LogEvidence),
            ["laplace_error"] = Json.Number(Error),
            ["importance_sampling"] = Json.Number(Laplace.ImportanceLogEvidence),
            ["importance_sampling_standard_error"] = Json.Number(Laplace.ImportanceStandardError),
            ["pareto_shape"] = Json.Number(Laplace.ParetoShape),
        };
        if (Variational is { } v)
            (json["variational_bound"], json["variational_bound_standard_error"]) = (
                Json.Number(v.Bound), Json.Number(v.BoundStandardError));
        return json;
    }

    // Gauss and Legendre's rule in both coefficients.
    private static double Quadrature(LogJoint model, LaplaceFit fit)
    {
        GaussLegendreRule rule = new(-Reach, Reach, Nodes);
        IReadOnlyList<double> mode = fit.UnconstrainedMode, variance = fit.Distribution!.Variance;
        double[] points = new double[2 * Nodes], values = new double[Nodes];
        double sum = 0;
        for (int i = 0; i < Nodes; i++)
        {
            for (int j = 0; j < Nodes; j++)
                (points[2 * j], points[(2 * j) + 1]) = (
                    mode[0] + (Math.Sqrt(variance[0]) * rule.GetAbscissa(i)), mode[1] + (Math.Sqrt(variance[1]) * rule.GetAbscissa(j)));
            model.Unconstrained.Evaluate(points, values, []);
            for (int j = 0; j < Nodes; j++)
                sum += rule.GetWeight(i) * rule.GetWeight(j) * Math.Exp(values[j] - fit.LogJointAtMode);
        }
        return fit.LogJointAtMode + Math.Log(sum) + (0.5 * Math.Log(variance[0] * variance[1]));
    }
}
