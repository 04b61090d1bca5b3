namespace Attractor.Learning;

/// <summary>The learning rate of black-box variational inference, and what decides when it is halved and when to stop.</summary>
/// <param name="Rate">The rate of the next window of steps.</param>
/// <param name="WindowLength">Its length: slower steps need more of them.</param>
internal sealed record RateSearch(double Rate, int WindowLength)
{
    private const int ShortestWindow = 100, LongestWindow = 10_000;

    /// <summary>The bound over the last window at this rate; null before the first.</summary>
    public WindowBound? Last { get; init; }

    /// <summary>The average of the iterates of the window before the rate was last halved; null before.</summary>
    public double[]? Candidate { get; init; }

    /// <summary>The bound over that window.</summary>
    public WindowBound CandidateBound { get; init; } = new(double.NegativeInfinity, 0);

    public static RateSearch Begin(double rate) => new(rate, ShortestWindow);

    /// <summary>What comes after a window, and whether the search has converged with it.</summary>
    /// <param name="bound">The bound over the window.</param>
    /// <param name="average">The average of its iterates.</param>
    /// <param name="options">What counts as settled.</param>
    /// <param name="dimension">D: the first D parameters are the means.</param>
    public (RateSearch Next, bool HasConverged) After(WindowBound bound, double[] average, VariationalOptions options, int dimension)
    {
        if (Last is not { } last || bound.Mean - last.Mean > 2 * bound.NoiseAgainst(last))
            return (this with { Last = bound }, false);
        bool settled = Candidate is not null
            && bound.Mean - CandidateBound.Mean < Math.Max(options.Tolerance, 2 * bound.NoiseAgainst(CandidateBound))
            && Moved(Candidate, average, options.Family, dimension) < options.Tolerance;
        return (new(Rate / 2, (int)Math.Min(WindowLength * 1.5, LongestWindow)) { Candidate = average, CandidateBound = bound }, settled);
    }

    // The means in standard deviations, the other parameters (logarithms and correlations of scales) as they are.
    private static double Moved(double[] from, double[] to, GaussianFamily family, int dimension)
    {
        IReadOnlyList<double> variance = family.Member(dimension, to).Variance;
        double largest = 0;
        for (int i = 0; i < from.Length; i++)
            largest = Math.Max(largest, Math.Abs(to[i] - from[i]) / (i < dimension ? Math.Sqrt(variance[i]) : 1));
        return largest;
    }
}
