namespace Attractor.Learning;

/// <summary>
/// The path derivative h_i less c_i times the score g_i, with c = Cov(h, g) / Var(g), for each parameter its own, estimated from the
/// samples other than i.
/// </summary>
/// <remarks>
/// For a Gaussian q and posterior c is 1 less the ratio of their variances: 0 at the posterior, where it is sticking the landing.
/// </remarks>
internal sealed class OptimalScoreControlVariate : GradientEstimator
{
    public override string Name => "optimal multiple of the score";

    public override int FewestSamples => 3;

    internal override bool IsForBound => true;

    internal override double Combine(in SampleGroup group, Span<double> gradient)
    {
        int n = group.Count, parameters = gradient.Length;
        double[] paths = new double[n * parameters];
        for (int i = 0; i < n; i++)
            group.Path(i).CopyTo(paths.AsSpan(i * parameters));
        for (int j = 0; j < parameters; j++)
        {
            double h = 0, g = 0, products = 0, squares = 0;
            for (int i = 0; i < n; i++)
            {
                double path = paths[(i * parameters) + j], score = group.Score(i)[j];
                h += path;
                g += score;
                products += path * score;
                squares += score * score;
            }
            for (int i = 0; i < n; i++)
            {
                double path = paths[(i * parameters) + j], score = group.Score(i)[j], otherH = h - path, otherG = g - score;
                double variance = squares - (score * score) - (otherG * otherG / (n - 1));
                double covariance = products - (path * score) - (otherH * otherG / (n - 1));
                double c = variance > 0 ? covariance / variance : 0;
                gradient[j] += (path - (c * score)) / n;
            }
        }
        return group.MeanIntegrand();
    }
}
