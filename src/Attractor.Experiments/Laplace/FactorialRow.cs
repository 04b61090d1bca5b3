using System.Text.Json.Nodes;
using Attractor.Learning;
using Attractor.Probability;
using Attractor.Runs;

namespace Attractor.Experiments;

/// <summary>
/// N! as the integral of e^(N ln t - t) over t above 0: exactly, by Laplace's method with the
/// maximum found, and by the document's last line.
/// </summary>
/// <param name="N">N.</param>
/// <param name="Exact">ln N!.</param>
/// <param name="Integral">
/// Laplace's approximation of the integral of e^(N (ln u - u + 1)) over u = t / N, an exponent that does not depend on N as the document's
/// ln t - t / N does; N! is N^(N + 1) e^-N times that. The 1 keeps the large part of ln N! out of it, so that errors are known to more
/// digits than ln N! has.
/// </param>
/// <param name="ExactIntegral">The logarithm of that integral, exactly.</param>
internal sealed record FactorialRow(double N, double Exact, LaplaceIntegral Integral, double ExactIntegral)
{
    // The largest whose factorial is a number.
    private const double LargestProduct = 170;

    public static FactorialRow Of(double n) => new(
        n, LogFactorial(n), LaplaceMethod.Integrate(u => Math.Log(u) - u + 1, n, 0),
        // A Poisson distribution with mean N gives N the probability N^N e^-N / N!.
        -new Poisson(n).LogDensity(n) - Math.Log(n));

    /// <summary>ln N! by Laplace's method.</summary>
    public double Laplace => ((N + 1) * Math.Log(N)) - N + Integral.LogIntegral;

    /// <summary>t0, the maximum found.</summary>
    public double Maximum => N * Integral.Maximum;

    /// <summary>ln N! - Laplace, nats.</summary>
    public double Difference => ExactIntegral - Integral.LogIntegral;

    /// <summary>1 - Laplace / N!, which is about 1 / 12 N; by a hyperbolic sine, which keeps the digits of a small one.</summary>
    public double RelativeError => -2 * Math.Sinh(-Difference / 2) * Math.Exp(-Difference / 2);

    /// <summary>The relative error of ln N!; not finite for ln 1! = 0.</summary>
    public double LogRelativeError => Difference / Exact;

    /// <summary>What it should be at most: 1 / (12 N ln N!).</summary>
    public double Bound => 1 / (12 * N * Exact);

    /// <summary>ln of the document's last line, sqrt(2 pi N) e^(N ln N).</summary>
    public double LastLine => (0.5 * Math.Log(2 * Math.PI * N)) + (N * Math.Log(N));

    /// <summary>By how many nats it is off: by N, the factor e^-N that was dropped.</summary>
    public double LastLineError => LastLine - Exact;

    public JsonObject ToJson() => new()
    {
        ["n"] = Json.Number(N),
        ["exact"] = Json.Number(Exact),
        ["laplace"] = Json.Number(Laplace),
        ["relative_error"] = Json.Number(RelativeError),
        ["log_relative_error"] = Json.Number(LogRelativeError),
        ["bound"] = Json.Number(Bound),
        ["maximum"] = Json.Number(Maximum),
        ["curvature"] = Json.Number(Integral.Curvature / (N * N)),
        ["document"] = Json.Number(LastLine),
        ["document_error"] = Json.Number(LastLineError),
    };

    private static double LogFactorial(double n)
    {
        if (n > LargestProduct)
            // log p(n) = -1 - log n! of a Poisson distribution with rate 1.
            return -1 - new Poisson(1).LogDensity(n);
        double product = 1;
        for (double k = 2; k <= n; k++)
            product *= k;
        return Math.Log(product);
    }
}
