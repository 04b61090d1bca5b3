namespace Attractor.Systems;

/// <summary>The value of an operation.</summary>
internal static class Arithmetic
{
    public static double Evaluate(Operation operation, double a, double b) => operation switch
    {
        Operation.Add => a + b,
        Operation.Subtract => a - b,
        Operation.Multiply => a * b,
        Operation.Divide => a / b,
        Operation.Power => Math.Pow(a, b),
        Operation.Atan2 => Math.Atan2(a, b),
        Operation.Minimum => Math.Min(a, b),
        Operation.Maximum => Math.Max(a, b),
        Operation.Below => Below(a, b),
        Operation.Negate => -a,
        Operation.Sin => Math.Sin(a),
        Operation.Cos => Math.Cos(a),
        Operation.Tan => Math.Tan(a),
        Operation.Asin => Math.Asin(a),
        Operation.Acos => Math.Acos(a),
        Operation.Atan => Math.Atan(a),
        Operation.Sinh => Math.Sinh(a),
        Operation.Cosh => Math.Cosh(a),
        Operation.Tanh => Math.Tanh(a),
        Operation.Exp => Math.Exp(a),
        Operation.Log => Math.Log(a),
        Operation.Sqrt => Math.Sqrt(a),
        Operation.Abs => Math.Abs(a),
        Operation.Sign => Sign(a),
        Operation.Floor => Math.Floor(a),
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "Not an operation on numbers."),
    };

    public static double Below(double a, double b) => a < b ? 1 : 0;

    // Math.Sign refuses what is not a number; an orbit that has left the finite numbers must not throw.
    public static double Sign(double a) => a > 0 ? 1 : a < 0 ? -1 : a;
}
