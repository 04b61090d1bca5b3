namespace Attractor.Differentiation;

/// <summary>
/// y = f(x) of single values, f with one setting a, computed in float64 one by one: for functions too rare to be worth lanes.
/// </summary>
internal interface IScalarFunction
{
    static abstract double Value(double x, double a);

    /// <summary>dy/dx.</summary>
    static abstract double Derivative(double x, double a);
}
