namespace Attractor.Numerics;

/// <summary>Gaussian elimination with partial pivoting, for small systems many times over.</summary>
internal static class Elimination
{
    /// <summary>Brings A to upper triangular form in place, and a right-hand side with it.</summary>
    /// <param name="a">D x D, row-major. The modulus of its determinant is the product of those on the diagonal;
    /// what is left below is of no meaning.</param>
    /// <param name="x">D values, or none.</param>
    /// <param name="d">D.</param>
    /// <param name="smallest">A pivot that is not larger than this ends it.</param>
    /// <returns>The number of columns done: D, or that of the first without a pivot.</returns>
    public static int Triangularize(Span<double> a, Span<double> x, int d, double smallest = 0)
    {
        for (int c = 0; c < d; c++)
        {
            int pivot = c;
            for (int i = c + 1; i < d; i++)
                if (Math.Abs(a[(i * d) + c]) > Math.Abs(a[(pivot * d) + c]))
                    pivot = i;
            if (!(Math.Abs(a[(pivot * d) + c]) > smallest))
                return c;
            if (pivot != c)
            {
                for (int j = c; j < d; j++)
                    (a[(c * d) + j], a[(pivot * d) + j]) = (a[(pivot * d) + j], a[(c * d) + j]);
                if (x.Length > 0)
                    (x[c], x[pivot]) = (x[pivot], x[c]);
            }
            for (int i = c + 1; i < d; i++)
            {
                double factor = a[(i * d) + c] / a[(c * d) + c];
                if (factor == 0)
                    continue;
                for (int j = c + 1; j < d; j++)
                    a[(i * d) + j] -= factor * a[(c * d) + j];
                if (x.Length > 0)
                    x[i] -= factor * x[c];
            }
        }
        return d;
    }

    /// <summary>Replaces x by the solution of A x' = x; false if a pivot is not larger than <paramref name="smallest"/>.</summary>
    public static bool Solve(Span<double> a, Span<double> x, int d, double smallest)
    {
        if (Triangularize(a, x, d, smallest) < d)
            return false;
        for (int i = d - 1; i >= 0; i--)
        {
            for (int j = i + 1; j < d; j++)
                x[i] -= a[(i * d) + j] * x[j];
            x[i] /= a[i * (d + 1)];
        }
        return true;
    }
}
