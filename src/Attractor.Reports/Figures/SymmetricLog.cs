using System.Globalization;

namespace Attractor.Reports;

/// <summary>
/// An axis on which both signs and many powers of ten have room: linear up to a threshold on either side of 0, logarithmic beyond.
/// plotly.js has none, so values are transformed and ticks labelled here.
/// </summary>
/// <param name="Threshold">A power of ten: how far the linear part reaches. It is as long, on either
/// side, as a factor of ten beyond it.</param>
internal readonly record struct SymmetricLog(double Threshold)
{
    /// <summary>Where a value is drawn.</summary>
    public double Place(double value)
    {
        double size = Math.Abs(value) / Threshold;
        return Math.CopySign(size <= 1 ? size : 1 + Math.Log10(size), value);
    }

    /// <summary>Ticks at 0 and at powers of ten of both signs as far as the values reach, at most so many on a side.</summary>
    public (double[] Places, string[] Labels) Ticks(double least, double largest, int most = 4)
    {
        int first = (int)Math.Round(Math.Log10(Threshold)), down = Decades(-least), up = Decades(largest), decades = Math.Max(down, up);
        int step = Math.Max(1, (decades + most) / most);
        List<double> places = [0];
        List<string> labels = ["0"];
        // The ends of the linear part would be too near to 0 where there is a label only every few powers of ten.
        for (int decade = step > 2 ? step : 0; decade <= decades; decade += step)
            foreach (int sign in (int[])[1, -1])
            {
                if (decade > (sign > 0 ? up : down))
                    continue;
                places.Add(sign * (1 + decade));
                labels.Add((sign < 0 ? "\u2212" : "") + (first + decade) switch
                {
                    0 => "1",
                    1 => "10",
                    int exponent => string.Create(
                        CultureInfo.InvariantCulture, $"10<sup>{(exponent < 0 ? "\u2212" : "")}{Math.Abs(exponent)}</sup>"),
                });
            }
        return ([.. places], [.. labels]);
    }

    // Factors of ten beyond the threshold on the positive side, rounded up; negative if it is not reached.
    private int Decades(double value) => value < Threshold ? (value > 0 ? 0 : -1) : (int)Math.Ceiling(Math.Log10(value / Threshold) - 1e-9);
}
