using System.Numerics.Tensors;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>
/// The monomials of chosen orders in m variables. They are formed order by order: those of order p whose first factor is x_a are x_a times
/// those of order p - 1 whose first factor is not before x_a, which lie side by side in lexicographic order.
/// </summary>
internal sealed class Monomials
{
    public const int HighestOrder = 16;

    // Where those of order p + 1 with first factor a begin in the levels; one more entry for their end.
    private readonly int[][] _starts;

    /// <param name="variables">m.</param>
    /// <param name="orders">Ascending, from 1 to <see cref="HighestOrder"/>.</param>
    public Monomials(int variables, int[] orders)
    {
        (Variables, Orders) = (variables, orders);
        _starts = new int[orders[^1]][];
        _starts[0] = [.. Enumerable.Range(0, variables + 1)];
        for (int level = 1; level < _starts.Length; level++)
        {
            int[] lower = _starts[level - 1], starts = new int[variables + 1];
            starts[0] = lower[variables];
            for (int a = 0; a < variables; a++)
                starts[a + 1] = starts[a] + lower[variables] - lower[a];
            _starts[level] = starts;
        }
        Count = orders.Sum(order => _starts[order - 1][variables] - _starts[order - 1][0]);
    }

    /// <summary>m.</summary>
    public int Variables { get; }

    /// <summary>The chosen orders, ascending.</summary>
    public int[] Orders { get; }

    /// <summary>How many monomials there are of the chosen orders.</summary>
    public int Count { get; }

    /// <summary>Values of the levels: the monomials of every order up to the highest, chosen or not.</summary>
    public int Size => _starts[^1][Variables];

    /// <summary>The sum of C(m + p - 1, p) over the orders; some number above the limit where that is passed.</summary>
    public static long CountOf(long variables, IEnumerable<int> orders, long limit)
    {
        long sum = 0;
        foreach (int order in orders)
        {
            // C(m + p - 1, p) never falls with p: what has passed the limit stays above it.
            long count = variables;
            for (int p = 2; p <= order && count <= limit; p++)
                count = count * (variables + p - 1) / p;
            sum += count;
            if (sum > limit)
                break;
        }
        return sum;
    }

    /// <summary>Fills the levels above the first.</summary>
    /// <param name="levels">The m variables, then room: <see cref="Size"/> values.</param>
    public void Expand(Span<double> levels)
    {
        for (int level = 1; level < _starts.Length; level++)
        {
            int[] lower = _starts[level - 1], starts = _starts[level];
            for (int a = 0; a < Variables; a++)
                TensorPrimitives.Multiply(levels[lower[a]..lower[Variables]], levels[a], levels[starts[a]..starts[a + 1]]);
        }
    }

    /// <summary>The monomials of the chosen orders alone.</summary>
    public void Select(ReadOnlySpan<double> levels, Span<double> chosen)
    {
        foreach (int order in Orders)
        {
            ReadOnlySpan<double> from = levels[Level(order)];
            from.CopyTo(chosen);
            chosen = chosen[from.Length..];
        }
    }

    /// <summary>The sum of weights times chosen monomials.</summary>
    public double Dot(ReadOnlySpan<double> levels, ReadOnlySpan<double> weights)
    {
        double sum = 0;
        foreach (int order in Orders)
        {
            ReadOnlySpan<double> values = levels[Level(order)];
            sum += TensorPrimitives.Dot(values, weights[..values.Length]);
            weights = weights[values.Length..];
        }
        return sum;
    }

    /// <summary>
    /// The derivatives of <see cref="Dot"/> with respect to the variables, from the highest order down: twice the work of the sum itself.
    /// </summary>
    /// <param name="levels">As <see cref="Expand"/> left them.</param>
    /// <param name="weights"><see cref="Count"/> values.</param>
    /// <param name="adjoint"><see cref="Size"/> values; the first m are the gradient afterwards.</param>
    public void Gradient(ReadOnlySpan<double> levels, ReadOnlySpan<double> weights, Span<double> adjoint)
    {
        adjoint.Clear();
        foreach (int order in Orders)
        {
            Span<double> own = adjoint[Level(order)];
            weights[..own.Length].CopyTo(own);
            weights = weights[own.Length..];
        }
        for (int level = _starts.Length - 1; level > 0; level--)
        {
            int[] lower = _starts[level - 1], starts = _starts[level];
            for (int a = 0; a < Variables; a++)
            {
                ReadOnlySpan<double> own = adjoint[starts[a]..starts[a + 1]];
                double slope = TensorPrimitives.Dot(levels[lower[a]..lower[Variables]], own);
                VectorOperations.AddScaled(adjoint[lower[a]..lower[Variables]], levels[a], own);
                adjoint[a] += slope;
            }
        }
    }

    /// <summary>The factors of each monomial of the chosen orders, ascending.</summary>
    public IEnumerable<int[]> Factors()
    {
        int[][] level = [];
        for (int order = 1; order <= _starts.Length; order++)
        {
            int[][] lower = level;
            level = order == 1
                ? [.. Enumerable.Range(0, Variables).Select(a => new[] { a })]
                : [.. Enumerable.Range(0, Variables).SelectMany(
                    a => lower.Where(factors => factors[0] >= a).Select(factors => (int[])[a, .. factors]))];
            if (Array.IndexOf(Orders, order) < 0)
                continue;
            foreach (int[] factors in level)
                yield return factors;
        }
    }

    private Range Level(int order) => _starts[order - 1][0].._starts[order - 1][Variables];
}
