namespace Attractor.Numerics;

/// <summary>A local minimum of a smooth function of D numbers, by the method of Broyden, Fletcher, Goldfarb and Shanno.</summary>
/// <remarks>
/// With the dense inverse D x D (Nocedal and Wright, "Numerical Optimization", 2006, chapter 6), scaled once after the first step.
/// Converged by what the next step promises, g' B g / 2, in the units of the function, so that the units of its arguments do not matter.
/// </remarks>
internal sealed class QuasiNewton
{
    private readonly DescentFunction _function;
    private readonly double[] _bounds;
    private readonly double[] _step, _change, _product;

    // There is no curvature to go by: only a gradient of 0 ends that.
    private bool _isSteepest;

    /// <param name="function">The function.</param>
    /// <param name="start">Where to begin; its value and gradient there must be finite.</param>
    /// <param name="bounds">How far an argument may go before it counts as gone to infinity.</param>
    public QuasiNewton(DescentFunction function, double[] start, double[] bounds)
    {
        int d = start.Length;
        (_function, _bounds, Point, Gradient, InverseHessian) = (function, bounds, [.. start], new double[d], new double[d * d]);
        (Direction, _step, _change, _product) = (new double[d], new double[d], new double[d], new double[d]);
        ForgetCurvature();
        Value = function(Point, Gradient);
    }

    /// <summary>x.</summary>
    public double[] Point { get; private set; }

    /// <summary>f(x).</summary>
    public double Value { get; private set; }

    /// <summary>g, the gradient at x.</summary>
    public double[] Gradient { get; private set; }

    /// <summary>B, an approximation of the inverse of the Hessian, D x D.</summary>
    public double[] InverseHessian { get; }

    /// <summary>-B g, where the last step led.</summary>
    public double[] Direction { get; }

    /// <summary>Steps taken.</summary>
    public int Steps { get; private set; }

    /// <summary>Whether there is no curvature to go by.</summary>
    public bool IsSteepest => _isSteepest;

    /// <summary>Goes on from where another search, of the same function, was.</summary>
    public void Continue(
        ReadOnlySpan<double> point,
        double value,
        ReadOnlySpan<double> gradient,
        ReadOnlySpan<double> inverseHessian,
        bool isSteepest,
        int steps)
    {
        MoveTo(point.ToArray(), value, gradient.ToArray());
        inverseHessian.CopyTo(InverseHessian);
        (_isSteepest, Steps) = (isSteepest, steps);
    }

    /// <summary>Goes downhill until the next step promises less than the tolerance.</summary>
    public QuasiNewtonEnding Run(int steps, double tolerance, CancellationToken cancellationToken)
    {
        int d = Point.Length;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double slope = FindDirection();
            if (-slope / 2 <= (_isSteepest ? 0 : tolerance))
                return QuasiNewtonEnding.Converged;
            if (Steps >= steps)
                return QuasiNewtonEnding.OutOfSteps;
            LineSearch search = new(_function, Point, Value, Direction, slope);
            if (!search.Run(_isSteepest ? Math.Min(1, 1 / Math.Sqrt(-slope)) : 1))
            {
                if (search.IsUnbounded)
                {
                    MoveTo(search.Point, search.Value, search.Gradient);
                    return QuasiNewtonEnding.Unbounded;
                }
                if (_isSteepest)
                    return QuasiNewtonEnding.NoDescent;
                // A curvature learnt elsewhere may point nowhere; the gradient itself decides whether there is a way down.
                ForgetCurvature();
                continue;
            }
            for (int i = 0; i < d; i++)
                (_step[i], _change[i]) = (search.Point[i] - Point[i], search.Gradient[i] - Gradient[i]);
            (Point, Gradient, Value) = (search.Point, search.Gradient, search.Value);
            Steps++;
            for (int i = 0; i < d; i++)
                if (Math.Abs(Point[i]) > _bounds[i])
                    return QuasiNewtonEnding.Unbounded;
            _isSteepest = !Update(_isSteepest);
        }
    }

    /// <summary>The value and the gradient elsewhere.</summary>
    public (double[] Point, double Value, double[] Gradient) Try(double[] point)
    {
        double[] gradient = new double[point.Length];
        return (point, _function(point, gradient), gradient);
    }

    /// <summary>Goes to a point that was tried.</summary>
    public void MoveTo(double[] point, double value, double[] gradient) => (Point, Value, Gradient) = (point, value, gradient);

    /// <summary>Makes B the identity, so that the next step is one of steepest descent.</summary>
    public void ForgetCurvature()
    {
        int d = Point.Length;
        InverseHessian.AsSpan().Clear();
        for (int i = 0; i < d; i++)
            InverseHessian[(i * d) + i] = 1;
        _isSteepest = true;
    }

    // -B g; the slope along it.
    private double FindDirection()
    {
        int d = Point.Length;
        for (int i = 0; i < d; i++)
            Direction[i] = -VectorOperations.Dot(InverseHessian.AsSpan(i * d, d), Gradient);
        return VectorOperations.Dot(Direction, Gradient);
    }

    // Whether B holds any curvature: B <- (I - s y' / s'y) B (I - y s' / s'y) + s s' / s'y
    private bool Update(bool isFirst)
    {
        int d = Point.Length;
        double curvature = VectorOperations.Dot(_step, _change), square = VectorOperations.Dot(_change, _change);
        // Steps whose gradients differ by rounding alone have no curvature to teach.
        if (!(curvature > 1e-14 * Math.Sqrt(square * VectorOperations.Dot(_step, _step))))
            return !isFirst;
        if (isFirst)
            for (int i = 0; i < d; i++)
                InverseHessian[(i * d) + i] = curvature / square;
        for (int i = 0; i < d; i++)
            _product[i] = VectorOperations.Dot(InverseHessian.AsSpan(i * d, d), _change);
        double factor = (1 + (VectorOperations.Dot(_change, _product) / curvature)) / curvature;
        for (int i = 0; i < d; i++)
            for (int j = 0; j < d; j++)
                InverseHessian[(i * d) + j] += (factor * _step[i] * _step[j])
                    - (((_product[i] * _step[j]) + (_step[i] * _product[j])) / curvature);
        return true;
    }
}
