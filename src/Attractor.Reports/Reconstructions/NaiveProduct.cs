using System.Globalization;
using Attractor.Dynamics;

namespace Attractor.Reports;

/// <summary>Figures of the norms of a plain product of Jacobians.</summary>
public static class NaiveProduct
{
    private const int DrawnPoints = 2000;
    private const double Overflow = 709.78, Underflow = -708.4;

    /// <summary>The norms over the steps, and the estimate that they give.</summary>
    /// <param name="product">The norms.</param>
    /// <param name="slope">The stable estimate, per step.</param>
    /// <param name="dt">Time between two steps.</param>
    /// <param name="truth">The true exponent per unit of time, if it is known.</param>
    /// <param name="name">What the product is of.</param>
    public static IReadOnlyList<Element> Figures(JacobianProductNorms product, double slope, double dt, double? truth, string name)
    {
        ArgumentNullException.ThrowIfNull(product);
        int length = product.Norms.Length;
        if (length == 0)
            return [new Paragraph("The product leaves the range of numbers at its first factor.")];
        int[] evenly = Steps(length, logarithmic: false), decades = Steps(length, logarithmic: true);
        bool contracts = product.Underflow is not null || slope < 0;
        return
        [
            new LineFigure(
                "The norm of the product",
                "Of all Jacobians so far, every one stored: a straight line in the logarithm, up or down, until the range of numbers ends.",
                "step t", "ln of the norm",
                [
                    new(name, "--generated", Times(evenly), [.. evenly.Select(i => Math.Log(product.Norms[i]))]),
                    new("slope of the stable estimate", "--true", [0, length], [0, slope * length]) { Size = 1.2 },
                    contracts
                        ? new("smallest float64 of full precision", "--third", [0, length], [Underflow, Underflow]) { Size = 1 }
                        : new("largest float64", "--third", [0, length], [Overflow, Overflow]) { Size = 1 },
                ])
            {
                Mark = (product.Overflow, product.Underflow) switch
                {
                    ({ } step, _) => (step, string.Create(CultureInfo.InvariantCulture, $"overflow at {step:N0}")),
                    (_, { } step) => (step, string.Create(CultureInfo.InvariantCulture, $"underflow at {step:N0}")),
                    _ => null,
                },
                Height = 380,
            },
            new LineFigure(
                "What the product says by step t",
                "ln of the norm, over t dt: the naive estimate, for as long as there is one.",
                "step t",
                "exponent per unit of time",
                [
                    new("naive estimate", "--generated", Times(decades), [
                        .. decades.Select(i => Math.Log(product.Norms[i]) / (i + 1) / dt)
                    ]),
                    .. truth is { } known ? (Curve[])[new("truth", "--true", [1, length], [known, known]) { Size = 1 }] : [],
                ])
            {
                LogX = true,
                Height = 320,
            },
        ];
    }

    private static double[] Times(int[] indices) => [.. indices.Select(i => i + 1.0)];

    // On a logarithmic axis the first steps have as much room as all the rest: as many points to each factor as to the next.
    private static int[] Steps(int length, bool logarithmic)
    {
        int count = Math.Min(length, DrawnPoints);
        return [.. Enumerable.Range(0, count)
            .Select(i => logarithmic
                ? (int)Math.Round(Math.Pow(length, (double)i / Math.Max(1, count - 1))) - 1
                : (int)((long)i * length / count))
            .Append(length - 1)
            .Distinct()];
    }
}
