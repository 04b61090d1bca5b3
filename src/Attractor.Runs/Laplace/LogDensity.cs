using Attractor.Learning;
using Attractor.Systems;

namespace Attractor.Runs;

/// <summary>
/// A log density, or a log integrand, of D variables as somebody writes it: an expression, summed over the rows of data where there are
/// some, and a log prior added once.
/// </summary>
internal sealed class LogDensity
{
    private readonly Expression _term;
    private readonly Expression? _prior;
    private readonly double[] _rows;
    private readonly int _columns;
    private readonly CancellationToken _token;

    private LogDensity(Expression term, Expression? prior, double[] rows, int columns, CancellationToken token)
        => (_term, _prior, _rows, _columns, _token) = (term, prior, rows, columns, token);

    /// <summary>As it was written; of data, one row's part of it.</summary>
    public string Text => _term.Text;

    /// <summary>The D variables.</summary>
    public IReadOnlyList<string> Variables => _term.Variables;

    /// <summary>Compiles it.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="parameters">Values of all parameters.</param>
    /// <param name="token">Ends an evaluation with an exception.</param>
    /// <exception cref="ArgumentException">An expression is none, or names what nobody knows.</exception>
    public static LogDensity Of(LogDensityRequest request, IReadOnlyDictionary<string, double> parameters, CancellationToken token)
    {
        Expression term = Parse(request.Text, request, parameters, request.Data?.Columns ?? []);
        Expression? prior = request.Prior is null ? null : Parse(request.Prior, request, parameters, []);
        return new(term, prior, request.Data?.Values ?? [], request.Data?.Columns.Count ?? 0, token);
    }

    /// <summary>The value at a point, and the D derivatives where they are asked for.</summary>
    public double Evaluate(ReadOnlySpan<double> point, Span<double> gradient)
    {
        int d = Variables.Count;
        double[] inputs = new double[d + _columns], both = new double[1 + d];
        point.CopyTo(inputs);
        gradient.Clear();
        double sum = 0, lost = 0;
        if (_prior is not null)
            sum += Add(_prior, inputs.AsSpan(0, d), both, gradient);
        if (_columns == 0)
            return sum + Add(_term, inputs, both, gradient);
        const int between = 4096;
        for (int i = 0; i < _rows.Length; i += _columns)
        {
            if (i % (between * _columns) == 0)
                _token.ThrowIfCancellationRequested();
            _rows.AsSpan(i, _columns).CopyTo(inputs.AsSpan(d));
            // Neumaier's summation: the rounding of many rows would be noise to the quadrature.
            double part = Add(_term, inputs, both, gradient), next = sum + part;
            lost += Math.Abs(sum) >= Math.Abs(part) ? sum - next + part : part - next + sum;
            sum = next;
        }
        return double.IsFinite(sum) ? sum + lost : sum;
    }

    /// <summary>The value of a log density of one variable.</summary>
    public double At(double x) => Evaluate([x], []);

    /// <summary>Its derivative.</summary>
    public double Slope(double x)
    {
        double slope = 0;
        Evaluate([x], new Span<double>(ref slope));
        return slope;
    }

    /// <summary>The same for the library; where it is not defined, as a logarithm below 0, there is no density.</summary>
    public TargetFunction ToTarget() => TargetFunction.Of(Variables.Count, (point, gradient) =>
    {
        double value = Evaluate(point, gradient);
        return double.IsNaN(value) ? double.NegativeInfinity : value;
    });

    private static double Add(Expression expression, ReadOnlySpan<double> inputs, double[] both, Span<double> gradient)
    {
        if (gradient.Length == 0)
            return expression.Value(inputs);
        expression.ValueAndGradient(inputs, both);
        for (int j = 0; j < gradient.Length; j++)
            gradient[j] += both[1 + j];
        return both[0];
    }

    private static Expression Parse(
        string text, LogDensityRequest request, IReadOnlyDictionary<string, double> parameters, IReadOnlyList<string> columns)
    {
        try
        {
            return Expression.Parse(text, request.Variables, parameters, columns);
        }
        catch (FormatException e)
        {
            (string Kind, IEnumerable<string> Names)[] known =
                [("variables", request.Variables), ("parameters", parameters.Keys), ("columns", columns)];
            string names = string.Join("; ", known.Where(k => k.Names.Any()).Select(k => $"{k.Kind} {string.Join(", ", k.Names)}"));
            throw new ArgumentException($"{e.Message}; known are the {names}", e);
        }
    }
}
