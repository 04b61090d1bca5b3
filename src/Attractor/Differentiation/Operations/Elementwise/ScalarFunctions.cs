namespace Attractor.Differentiation;

/// <summary>x^a.</summary>
internal readonly struct Power : IScalarFunction
{
    public static double Value(double x, double a) => Math.Pow(x, a);

    public static double Derivative(double x, double a) => a == 0 ? 0 : a * Math.Pow(x, a - 1);
}

/// <summary>sin x.</summary>
internal readonly struct Sine : IScalarFunction
{
    public static double Value(double x, double a) => Math.Sin(x);

    public static double Derivative(double x, double a) => Math.Cos(x);
}

/// <summary>cos x.</summary>
internal readonly struct Cosine : IScalarFunction
{
    public static double Value(double x, double a) => Math.Cos(x);

    public static double Derivative(double x, double a) => -Math.Sin(x);
}
