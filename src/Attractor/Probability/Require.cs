using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Attractor.Probability;

/// <summary>Parameters and buffers as they must be.</summary>
internal static class Require
{
    public static double Real(double value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!double.IsFinite(value))
            Refuse(name, value, "a finite number");
        return value;
    }

    public static double Positive(double value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!(value > 0 && double.IsFinite(value)))
            Refuse(name, value, "finite and above 0");
        return value;
    }

    public static void Real(ReadOnlySpan<double> values, [CallerArgumentExpression(nameof(values))] string name = "")
    {
        for (int i = 0; i < values.Length; i++)
            if (!double.IsFinite(values[i]))
                Refuse($"{name}[{i}]", values[i], "a finite number");
    }

    public static void Positive(ReadOnlySpan<double> values, [CallerArgumentExpression(nameof(values))] string name = "")
    {
        for (int i = 0; i < values.Length; i++)
            if (!(values[i] > 0 && double.IsFinite(values[i])))
                Refuse($"{name}[{i}]", values[i], "finite and above 0");
    }

    /// <summary>A parameter that is above 0 in every distribution but the default value of its struct, which is none.</summary>
    public static double Made(double parameter)
    {
        if (parameter == 0)
            RefuseDefault();
        return parameter;
    }

    public static void Length(ReadOnlySpan<double> values, int expected, [CallerArgumentExpression(nameof(values))] string name = "")
    {
        if (values.Length != expected)
            RefuseLength(name, values.Length, expected);
    }

    [DoesNotReturn]
    private static void Refuse(string name, double found, string expected)
        => throw new ArgumentOutOfRangeException(name, found, $"{name} must be {expected}.");

    [DoesNotReturn]
    private static void RefuseLength(string name, int found, int expected)
        => throw new ArgumentException($"Expected {expected} values, found {found}.", name);

    [DoesNotReturn]
    private static void RefuseDefault()
        => throw new InvalidOperationException(
            "This is the default value of a distribution's struct, which has no parameters; make it with `new` and its parameters.");
}
