namespace Attractor.Learning;

/// <summary>(1/n) sum_i (f_i - b_i) g_i, with g_i the score of sample i (Williams, Machine Learning 1992).</summary>
/// <remarks>
/// Any b_i that does not depend on sample i leaves the expectation alone, since that of the score is 0. The mean of the others is one; the
/// least variance has b = E[f g^2] / E[g^2], for each parameter its own, here from the others too.
/// </remarks>
internal sealed class ScoreFunction(Baseline baseline) : GradientEstimator
{
    public override string Name => baseline switch
    {
        Baseline.LeaveOneOut => "score function, leave-one-out baseline",
        Baseline.Optimal => "score function, optimal baseline",
        _ => "score function",
    };

    public override int FewestSamples => baseline is Baseline.None ? 1 : 2;

    internal override bool NeedsTargetGradient => false;

    internal override double Combine(in SampleGroup group, Span<double> gradient)
    {
        double mean = group.MeanIntegrand();
        if (baseline is Baseline.Optimal)
        {
            AddWithOptimalBaselines(group, gradient);
            return mean;
        }
        int n = group.Count;
        for (int i = 0; i < n; i++)
        {
            double f = group.Integrand(i), b = baseline is Baseline.LeaveOneOut ? ((n * mean) - f) / (n - 1) : 0;
            AddScaled(gradient, (f - b) / n, group.Score(i));
        }
        return mean;
    }

    private static void AddWithOptimalBaselines(in SampleGroup group, Span<double> gradient)
    {
        int n = group.Count;
        for (int j = 0; j < gradient.Length; j++)
        {
            double weighted = 0, squares = 0;
            for (int i = 0; i < n; i++)
            {
                double g = group.Score(i)[j];
                weighted += group.Integrand(i) * g * g;
                squares += g * g;
            }
            for (int i = 0; i < n; i++)
            {
                double g = group.Score(i)[j], f = group.Integrand(i), others = squares - (g * g);
                double b = others > 0 ? (weighted - (f * g * g)) / others : 0;
                gradient[j] += (f - b) * g / n;
            }
        }
    }
}
