using System.Numerics;
using Attractor.Numerics;

namespace Attractor.Evaluation;

/// <summary>
/// A series with the spectra and cross spectra of another and otherwise random: what linear Gaussian correlations alone would look like.
/// </summary>
/// <remarks>
/// Theiler, Eubank, Longtin, Galdrikian and Farmer, "Testing for nonlinearity in time series", Physica D 58 (1992); of several variables
/// Prichard and Theiler, Phys. Rev. Lett. 73 (1994): X_k of every variable is turned by the same angle phi_k, so that the products
/// X_k conj(Y_k), and with them all linear correlations, stay. Mean and, of an even length, the highest frequency are left as they are.
/// </remarks>
public static class PhaseRandomizedSurrogate
{
    /// <summary>A surrogate of a series.</summary>
    /// <param name="series">T x N, without missing values.</param>
    /// <param name="seed">Seed of the angles.</param>
    /// <returns>T x N, with the names and the time step of the series.</returns>
    /// <exception cref="ArgumentException">The series has no rows, or a value is missing or infinite.</exception>
    public static TimeSeries Of(TimeSeries series, ulong seed = 0)
    {
        OrbitsWithoutDynamics.Require(series);
        int rows = series.Length, dimension = series.Dimension;
        Complex[] turns = Turns(rows, seed), spectrum = new Complex[rows];
        FourierTransform transform = new(rows);
        double[] values = new double[rows * dimension];
        for (int n = 0; n < dimension; n++)
        {
            for (int t = 0; t < rows; t++)
                spectrum[t] = series[t, n];
            transform.Forward(spectrum);
            // The transform of the conjugate is the conjugate of the inverse, whose real part is wanted.
            for (int k = 0; k < rows; k++)
                spectrum[k] = Complex.Conjugate(spectrum[k] * turns[k]);
            transform.Forward(spectrum);
            for (int t = 0; t < rows; t++)
                values[(t * dimension) + n] = spectrum[t].Real / rows;
        }
        return new(values, dimension, series.Dt, series.Names) { Standardization = series.Standardization };
    }

    // Of unit length, those of k and T - k conjugate to each other: the result is real.
    private static Complex[] Turns(int rows, ulong seed)
    {
        RandomStream random = new(seed, "surrogate phases");
        Complex[] turns = new Complex[rows];
        Array.Fill(turns, Complex.One);
        for (int k = 1; k < rows - k; k++)
        {
            turns[k] = Complex.FromPolarCoordinates(1, random.NextUniform(0, 2 * Math.PI));
            turns[rows - k] = Complex.Conjugate(turns[k]);
        }
        return turns;
    }
}
